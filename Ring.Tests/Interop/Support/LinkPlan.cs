using System.Diagnostics;

namespace Ring.Tests.Interop.Support;

/// <summary>What a link is fed with.</summary>
internal sealed record LinkPlan(ActivityContext Context, KeyValuePair<string, object?>[] Tags)
{
    public ActivityLink ToLink() => new(Context, new ActivityTagsCollection(Tags));
}
