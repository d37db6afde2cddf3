using System.Diagnostics;

namespace Ring.Tests.Interop.Support;

/// <summary>What an event is fed with.</summary>
internal sealed record EventPlan(string Name, DateTimeOffset Time, KeyValuePair<string, object?>[] Tags)
{
    public ActivityEvent ToEvent() => new(Name, Time, new ActivityTagsCollection(Tags));
}
