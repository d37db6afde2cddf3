using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Ring.Tests.Interop.Support;

/// <summary>
/// An application: traces that begin here and traces that come from elsewhere, sampled there or not. Everything but the span ids is
/// the same each time, and a span is known by its name.
/// </summary>
internal sealed class Traces(ActivitySource source)
{
    /// <summary>How many spans <see cref="Run"/> starts.</summary>
    public const int Spans = TraceCount * 4;

    private const int TraceCount = 60;

    private readonly Dictionary<ActivitySpanId, string> _names = new() { [default] = "none", [RemoteSpan] = "remote" };

    /// <summary>What each span, and each service that is called from it, gets to see of the trace.</summary>
    public List<string> Seen { get; } = [];

    private static ActivitySpanId RemoteSpan { get; } = ActivitySpanId.CreateFromString("00f067aa0ba902b7");

    public void Run(string part)
    {
        for (int i = 0; i < TraceCount; i++)
            RunTrace(string.Create(CultureInfo.InvariantCulture, $"{part} {i}"), i % 3);
    }

    /// <summary>What was exported of a span, with names for the ids of this run.</summary>
    public ExportedSpan Describe(Activity span) => new(span.DisplayName, _names[span.ParentSpanId], string.Join(
        ' ',
        span.TraceId, span.ActivityTraceFlags, span.Recorded, span.IsAllDataRequested, span.HasRemoteParent,
        span.TraceStateString, span.Kind, span.Status, string.Join(',', span.TagObjects),
        string.Join(',', span.Events.Select(item => item.Name))));

    private void RunTrace(string name, int origin)
    {
        ActivityTraceId trace = ActivityTraceId.CreateFromBytes(SHA256.HashData([.. name.Select(letter => (byte)letter)]).AsSpan(0, 16));
        Activity.TraceIdGenerator = () => trace;
        ActivityTraceFlags flags = origin == 1 ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        ActivityContext parent = origin == 0 ? default : new ActivityContext(trace, RemoteSpan, flags, "far=1", isRemote: true);
        using Activity? root = Begin(name + " root", ActivityKind.Server, parent);
        using (Begin(name + " child", ActivityKind.Internal))
        using (Begin(name + " grandchild", ActivityKind.Client))
            Call();

        using Activity? sibling = Begin(name + " sibling", ActivityKind.Producer);
        Call();
    }

    private Activity? Begin(string name, ActivityKind kind, ActivityContext parent = default)
    {
        Activity? activity = source.StartActivity(name, kind, parent);
        activity?.SetTag("name", name).AddEvent(new ActivityEvent("begun")).SetStatus(ActivityStatusCode.Ok);
        if (activity is not null)
            _names.Add(activity.SpanId, name);

        return activity;
    }

    /// <summary>
    /// Calls another service. The id of a span that nobody exports means nothing to it; the id of the trace and the flag do.
    /// </summary>
    private void Call()
    {
        Activity? current = Activity.Current;
        string span = current is { Recorded: true } ? _names[current.SpanId] : "not recorded";
        Seen.Add($"{current?.TraceId} {span} {current?.ActivityTraceFlags} {current?.TraceStateString}");
    }
}
