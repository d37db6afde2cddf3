using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// A finished span as it lies in the ring: everything that the log needs of it, copied on the thread that ended it. An
/// <see cref="Activity"/> can still change after it was stopped, this cannot.
/// </summary>
/// <remarks>
/// Thread safety: not thread-safe. The ring hands it from the capturing thread to the writing thread and back, and it is used again
/// for another span: whoever is given one, a rule of <see cref="SpanLogOptions.Filter"/> for instance, must not keep it.
/// </remarks>
public sealed class SpanEvent
{
    private const string NoSpan = "0000000000000000";
    private const string LegacyStatusCode = "otel.status_code";
    private const string LegacyStatusDescription = "otel.status_description";

    private ActivityTraceId _traceId;
    private ActivitySpanId _spanId;
    private ActivitySpanId _parentSpanId;

    internal SpanEvent()
        : this(new SpanLimitOptions())
    {
    }

    internal SpanEvent(SpanLimitOptions limits)
    {
        Tags = new(Math.Min(SpanLimits.UsualAttributes, limits.Attributes), limits.Attributes);
        Events = new(0, limits.Events);
        Links = new(0, limits.Links);
    }

    /// <summary>The trace. Of a span that was recorded without an activity, each call makes it anew.</summary>
    public ActivityTraceId TraceId => Ids.IsValid ? Ids.TraceId : _traceId;

    /// <summary>The span. Of a span that was recorded without an activity, each call makes it anew.</summary>
    public ActivitySpanId SpanId => Ids.IsValid ? SpanIds.ToSpanId(Ids.Span) : _spanId;

    /// <summary>The parent; all zeros for the first span of a trace.</summary>
    public ActivitySpanId ParentSpanId => Ids.IsValid ? SpanIds.ToSpanId(Ids.Parent) : _parentSpanId;

    /// <summary>Whether no parent is known: the first span of its trace.</summary>
    public bool IsRoot => Ids.IsValid ? Ids.Parent == 0 : _parentSpanId == default;

    /// <summary>The flags of the trace, such as whether it is sampled.</summary>
    public ActivityTraceFlags TraceFlags { get; private set; }

    /// <summary>Whether the parent is a span of another process.</summary>
    public bool HasRemoteParent { get; private set; }

    /// <summary>The state that the trace carries along, as it was received.</summary>
    public string? TraceState { get; private set; }

    /// <summary>What the span is in a call: server, client and so on.</summary>
    public ActivityKind Kind { get; private set; }

    /// <summary>The name; never null.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>The source that made the span; null for one that was recorded without an activity.</summary>
    public ActivitySource? Source { get; private set; }

    /// <summary>When the span began, in UTC, exact to 100 ns.</summary>
    public DateTime StartTimeUtc => new(StartTicks, DateTimeKind.Utc);

    /// <summary>How long the span lasted, exact to 100 ns, never negative.</summary>
    public TimeSpan Duration => new(DurationTicks);

    /// <summary>How the operation ended.</summary>
    public ActivityStatusCode Status { get; private set; }

    /// <summary>What is said about the status.</summary>
    public string? StatusDescription { get; private set; }

    /// <summary>Whether the span belongs to a load test, by the rule of <see cref="TraceLogOptions.LoadTest"/>.</summary>
    public bool IsLoadTest { get; internal set; }

    /// <summary>False while the slot is empty, and when copying the span failed half-way.</summary>
    internal bool IsCaptured { get; private set; }

    /// <summary>The ids of a span that was recorded without an activity.</summary>
    internal SpanIds Ids { get; private set; }

    /// <summary>What a span without a source is grouped under.</summary>
    internal string ScopeName { get; private set; } = string.Empty;

    /// <summary>When the span began, in 100 ns ticks of UTC since year 1.</summary>
    internal long StartTicks { get; private set; }

    /// <summary>How long the span lasted, in 100 ns ticks, never negative.</summary>
    internal long DurationTicks { get; private set; }

    internal BoundedList<SpanTag> Tags { get; }

    internal BoundedList<ActivityEvent> Events { get; }

    internal BoundedList<ActivityLink> Links { get; }

    /// <summary>A line of text instead of a span.</summary>
    internal string? Line { get; private set; }

    /// <summary>Which log the line is for.</summary>
    internal int LineLog { get; private set; }

    /// <summary>The sequence that was claimed for a span that is being recorded; -1 when none is.</summary>
    internal long OpenSequence { get; set; } = -1;

    /// <summary>Whether this is no span, and only wakes the drain.</summary>
    internal bool IsMarker { get; private set; }

    /// <summary>Finds the value of an attribute.</summary>
    /// <param name="key">Its key, as it was set; not null.</param>
    /// <param name="value">The value that was set last, null if there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetTag(string key, out object? value)
    {
        int index = IndexOfTag(key);
        value = index < 0 ? null : Tags[index].Value;
        return index >= 0;
    }

    /// <summary>Where a tag is, -1 if nowhere. Of a tag that was set more than once the last value counts.</summary>
    internal int IndexOfTag(string key)
    {
        int index = Tags.Count - 1;
        while (index >= 0 && !string.Equals(Tags[index].Key, key, StringComparison.Ordinal))
            index--;

        return index;
    }

    /// <summary>
    /// Copies the span. Allocates nothing once the lists of this slot have grown to the size of the usual span.
    /// </summary>
    internal void Capture(Activity activity)
    {
        CopyIdentity(activity);
        CopyValues(activity);
        CopyTags(activity);
        CopyEventsAndLinks(activity);
        IsCaptured = true;
    }

    /// <summary>Begins a span that is recorded without an activity.</summary>
    internal void Record(string scopeName, in SpanIds ids, string name, ActivityKind kind, DateTime startUtc, TimeSpan duration)
    {
        ScopeName = scopeName;
        Ids = ids;
        TraceFlags = ids.Flags;
        HasRemoteParent = ids.HasRemoteParent;
        Name = name;
        Kind = kind;
        StartTicks = startUtc.Ticks;
        DurationTicks = Math.Max(0, Math.Min(duration.Ticks, DateTime.MaxValue.Ticks - startUtc.Ticks));
        IsCaptured = true;
    }

    internal void SetStatus(ActivityStatusCode status, string? description)
    {
        Status = status;
        StatusDescription = description;
    }

    internal void SetLine(int log, string line)
    {
        LineLog = log;
        Line = line;
        IsCaptured = true;
    }

    internal void SetMarker() => IsMarker = true;

    /// <summary>Has each value looked at before anything of it is written.</summary>
    internal void Redact(AttributeRedactor redact)
    {
        for (int i = 0; i < Tags.Count;)
        {
            try
            {
                Tags.Replace(i, new SpanTag(Tags[i].Key, redact(Tags[i].Key, Tags[i].Value)));
                i++;
            }
            catch (Exception)
            {
                Tags.DropAt(i);
            }
        }

        if (StatusDescription is not null)
            StatusDescription = RedactStatus(redact, StatusDescription);
    }

    /// <summary>Lets go of everything that belongs to the application.</summary>
    internal void Clear()
    {
        IsCaptured = false;
        IsMarker = false;
        IsLoadTest = false;
        _traceId = default;
        _spanId = default;
        _parentSpanId = default;
        Ids = default;
        TraceState = null;
        Name = string.Empty;
        Source = null;
        Status = default;
        StatusDescription = null;
        Line = null;
        Tags.Clear();
        Events.Clear();
        Links.Clear();
    }

    private static string? RedactStatus(AttributeRedactor redact, string description)
    {
        try
        {
            return redact(LegacyStatusDescription, description)?.ToString();
        }
        catch (Exception)
        {
            return null;
        }
    }

    private void CopyIdentity(Activity activity)
    {
        _traceId = activity.TraceId;
        _spanId = activity.SpanId;
        ActivitySpanId parent = activity.ParentSpanId;
        // An id of zeros that was set is another value than none.
        _parentSpanId = string.Equals(parent.ToHexString(), NoSpan, StringComparison.Ordinal) ? default : parent;
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
    }

    private void CopyTags(Activity activity)
    {
        foreach (ref readonly KeyValuePair<string, object?> tag in activity.EnumerateTagObjects())
        {
            if (!TakeLegacyStatus(activity, in tag))
                Tags.Add(new SpanTag(tag.Key, tag.Value));
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
