using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// One slot of the ring: everything that the log needs of one finished span, copied on the thread that ended it.
/// An <see cref="Activity"/> can still change after it was stopped, a slot cannot.
/// </summary>
/// <remarks>Not thread-safe: the ring hands it from the capturing thread to the drain thread and back.</remarks>
internal sealed class SpanEvent
{
    private const string LegacyStatusCode = "otel.status_code";
    private const string LegacyStatusDescription = "otel.status_description";
    private const string LoadTestKey = "mark";
    private const string LoadTestValue = "T";

    /// <summary>False while the slot is empty, and when copying the span failed half-way.</summary>
    public bool IsCaptured { get; private set; }

    public ActivityTraceId TraceId { get; private set; }

    public ActivitySpanId SpanId { get; private set; }

    public ActivitySpanId ParentSpanId { get; private set; }

    public ActivityTraceFlags TraceFlags { get; private set; }

    public bool HasRemoteParent { get; private set; }

    public string? TraceState { get; private set; }

    public ActivityKind Kind { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public ActivitySource? Source { get; private set; }

    /// <summary>When the span began, in 100 ns ticks of UTC since year 1.</summary>
    public long StartTicks { get; private set; }

    /// <summary>How long the span lasted, in 100 ns ticks, never negative.</summary>
    public long DurationTicks { get; private set; }

    public ActivityStatusCode Status { get; private set; }

    public string? StatusDescription { get; private set; }

    /// <summary>Whether the span belongs to a load test: its baggage says <c>mark=T</c>.</summary>
    public bool IsLoadTest { get; private set; }

    public BoundedList<KeyValuePair<string, object?>> Tags { get; } = new(SpanLimits.UsualAttributes, SpanLimits.Attributes);

    public BoundedList<ActivityEvent> Events { get; } = new(0, SpanLimits.Events);

    public BoundedList<ActivityLink> Links { get; } = new(0, SpanLimits.Links);

    /// <summary>
    /// Copies the span. Allocates nothing once the lists of this slot have grown to the size of the usual span.
    /// </summary>
    public void Capture(Activity activity)
    {
        CopyIdentity(activity);
        CopyValues(activity);
        CopyTags(activity);
        CopyEventsAndLinks(activity);
        IsCaptured = true;
    }

    /// <summary>Lets go of everything that belongs to the application.</summary>
    public void Clear()
    {
        IsCaptured = false;
        TraceId = default;
        SpanId = default;
        ParentSpanId = default;
        TraceState = null;
        Name = string.Empty;
        Source = null;
        StatusDescription = null;
        IsLoadTest = false;
        Tags.Clear();
        Events.Clear();
        Links.Clear();
    }

    private void CopyIdentity(Activity activity)
    {
        TraceId = activity.TraceId;
        SpanId = activity.SpanId;
        ParentSpanId = activity.ParentSpanId;
        TraceFlags = activity.ActivityTraceFlags;
        HasRemoteParent = activity.HasRemoteParent;
        TraceState = activity.TraceStateString;
        Source = activity.Source;
    }

    private void CopyValues(Activity activity)
    {
        Kind = activity.Kind;
        Name = activity.DisplayName;
        StartTicks = activity.StartTimeUtc.Ticks;
        DurationTicks = Math.Max(0, activity.Duration.Ticks);
        Status = activity.Status;
        StatusDescription = activity.StatusDescription;
        // Without baggage, here or in a parent, this allocates nothing.
        IsLoadTest = string.Equals(activity.GetBaggageItem(LoadTestKey), LoadTestValue, StringComparison.Ordinal);
    }

    private void CopyTags(Activity activity)
    {
        foreach (ref readonly KeyValuePair<string, object?> tag in activity.EnumerateTagObjects())
        {
            if (!TakeLegacyStatus(activity, in tag))
                Tags.Add(in tag);
        }
    }

    private void CopyEventsAndLinks(Activity activity)
    {
        foreach (ref readonly ActivityEvent item in activity.EnumerateEvents())
            Events.Add(in item);

        foreach (ref readonly ActivityLink link in activity.EnumerateLinks())
            Links.Add(in link);
    }

    /// <summary>
    /// Before an <see cref="Activity"/> had a status, libraries set these two tags. They are a status, so they are never
    /// attributes; a status set the proper way wins over them.
    /// </summary>
    private bool TakeLegacyStatus(Activity activity, in KeyValuePair<string, object?> tag)
    {
        if (tag.Key is null || (tag.Key.Length != LegacyStatusCode.Length && tag.Key.Length != LegacyStatusDescription.Length))
            return false;

        bool isCode = string.Equals(tag.Key, LegacyStatusCode, StringComparison.Ordinal);
        if (!isCode && !string.Equals(tag.Key, LegacyStatusDescription, StringComparison.Ordinal))
            return false;

        if (activity.Status == ActivityStatusCode.Unset)
            ApplyLegacyStatus(isCode, tag.Value as string);

        return true;
    }

    private void ApplyLegacyStatus(bool isCode, string? value)
    {
        if (!isCode)
            StatusDescription = value;
        else if (string.Equals(value, "ERROR", StringComparison.OrdinalIgnoreCase))
            Status = ActivityStatusCode.Error;
        else if (string.Equals(value, "OK", StringComparison.OrdinalIgnoreCase))
            Status = ActivityStatusCode.Ok;
    }
}
