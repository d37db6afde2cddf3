using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A span that a property made up.</summary>
internal sealed record SpanContent(string Name, ActivityKind Kind, ActivityStatusCode Status, string Description)
{
    public KeyValuePair<string, object?>[] Tags { get; init; } = [];

    /// <summary>An event for each.</summary>
    public KeyValuePair<string, object?>[] Events { get; init; } = [];

    /// <summary>A link for each.</summary>
    public KeyValuePair<string, object?>[] Links { get; init; } = [];

    /// <summary>0 for none, 1 for one of this process, 2 for one of another.</summary>
    public int Parent { get; init; }

    public DateTime Start { get; init; }

    public TimeSpan Duration { get; init; }

    public SpanEvent Capture(ActivitySource source)
    {
        ActivityContext parent = Parent == 0 ? default : Context("from=parent", Parent == 2);
        using Activity activity = source.CreateActivity(Name, Kind, parent)!;
        Activity? outer = Activity.Current;
        activity.SetStartTime(Start).Start();
        foreach (KeyValuePair<string, object?> tag in Tags)
            activity.AddTag(tag.Key, tag.Value);

        foreach (KeyValuePair<string, object?> tag in Events)
            activity.AddEvent(new ActivityEvent(tag.Key, Start, new ActivityTagsCollection([tag])));

        foreach (KeyValuePair<string, object?> tag in Links)
            activity.AddLink(new ActivityLink(Context("a=b", isRemote: true), new ActivityTagsCollection([tag])));

        activity.SetStatus(Status, Description).SetEndTime(Start + Duration).Stop();
        Activity.Current = outer;
        SpanEvent span = new();
        span.Capture(activity);
        return span;
    }

    private static ActivityContext Context(string state, bool isRemote) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, state, isRemote);
}
