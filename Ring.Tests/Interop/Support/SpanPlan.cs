using System.Diagnostics;
using System.Globalization;

namespace Ring.Tests.Interop.Support;

/// <summary>What a span is fed with.</summary>
internal sealed record SpanPlan(string Name, ActivityKind Kind, long DurationTicks)
{
    public ActivityStatusCode Status { get; init; }

    public string? StatusMessage { get; init; }

    public string? TraceState { get; init; }

    public KeyValuePair<string, object?>[] Tags { get; init; } = [];

    public EventPlan[] Events { get; init; } = [];

    public LinkPlan[] Links { get; init; } = [];

    /// <summary>Starts a span, feeds it and ends it.</summary>
    /// <returns>The span, which does not change any more.</returns>
    public Activity Run(ActivitySource source)
    {
        Activity activity = source.StartActivity(Name, Kind, parentContext: default, links: Links.Select(link => link.ToLink()))!;
        foreach (KeyValuePair<string, object?> tag in Tags)
            activity.AddTag(tag.Key, tag.Value);

        foreach (EventPlan item in Events)
            activity.AddEvent(item.ToEvent());

        activity.TraceStateString = TraceState;
        activity.SetStatus(Status, StatusMessage);
        activity.SetEndTime(activity.StartTimeUtc.AddTicks(DurationTicks));
        activity.Stop();
        return activity;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} span of {DurationTicks} ticks, {Name.Length} characters, {Tags.Length} tags, {Events.Length} events, "
        + $"{Links.Length} links");
}
