using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>
/// The ids of a span that is recorded without an <see cref="Activity"/>: the trace, the span and its parent, as numbers, so that
/// making them allocates nothing.
/// </summary>
/// <remarks>Thread safety: an immutable value; the methods that make new ids may be called by every thread.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct SpanIds : IEquatable<SpanIds>
{
    private SpanIds(ulong traceHigh, ulong traceLow, ulong span, ulong parent, ActivityTraceFlags flags, bool hasRemoteParent)
    {
        TraceHigh = traceHigh;
        TraceLow = traceLow;
        Span = span;
        Parent = parent;
        Flags = flags;
        HasRemoteParent = hasRemoteParent;
    }

    /// <summary>Whether these are the ids of a span; false for a default value, which is that of none.</summary>
    public bool IsValid => Span != 0;

    internal ulong TraceHigh { get; }

    internal ulong TraceLow { get; }

    internal ulong Span { get; }

    /// <summary>0 for the first span of a trace.</summary>
    internal ulong Parent { get; }

    internal ActivityTraceFlags Flags { get; }

    internal bool HasRemoteParent { get; }

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(SpanIds left, SpanIds right) => left.Equals(right);

    /// <summary>Whether two are not the same.</summary>
    public static bool operator !=(SpanIds left, SpanIds right) => !left.Equals(right);

    /// <summary>Makes the random ids of the first span of a new trace.</summary>
    public static SpanIds NewRoot() => new(RandomId.Next(), RandomId.Next(), RandomId.Next(), 0, ActivityTraceFlags.None, hasRemoteParent: false);

    /// <summary>Makes the ids of a span in the trace of an activity, or of a caller in another process, and below it.</summary>
    /// <param name="parent">The context of the parent, <c>Activity.Current.Context</c> for instance. Without ids, a new trace begins.</param>
    public static SpanIds ChildOf(ActivityContext parent)
    {
        if (parent.TraceId == default || parent.SpanId == default)
            return NewRoot();

        string trace = parent.TraceId.ToHexString();
        return new SpanIds(Parse(trace, 0), Parse(trace, 16), RandomId.Next(), Parse(parent.SpanId.ToHexString(), 0), parent.TraceFlags, parent.IsRemote);
    }

    /// <summary>Makes the ids of a span in the same trace and below this one. Below none, a new trace begins.</summary>
    public SpanIds NewChild() =>
        IsValid ? new SpanIds(TraceHigh, TraceLow, RandomId.Next(), Span, Flags, hasRemoteParent: false) : NewRoot();

    /// <summary>The ids as those of an activity, for one that is to be below this span, or for a call to another process. Allocates.</summary>
    public ActivityContext ToContext() =>
        IsValid ? new ActivityContext(TraceId, ActivitySpanId.CreateFromString(Hex(Span).AsSpan()), Flags) : default;

    /// <inheritdoc/>
    public bool Equals(SpanIds other) =>
        TraceHigh == other.TraceHigh && TraceLow == other.TraceLow && Span == other.Span && Parent == other.Parent
        && Flags == other.Flags && HasRemoteParent == other.HasRemoteParent;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SpanIds other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (TraceHigh ^ (TraceLow * 31) ^ (Span * 17)).GetHashCode();

    /// <summary>Returns the trace and the span in the text form of W3C, separated by a hyphen.</summary>
    public override string ToString() => $"{Hex(TraceHigh)}{Hex(TraceLow)}-{Hex(Span)}";

    /// <summary>The trace as an activity has it. Allocates.</summary>
    internal ActivityTraceId TraceId => ActivityTraceId.CreateFromString((Hex(TraceHigh) + Hex(TraceLow)).AsSpan());

    /// <summary>The span as an activity has it. Allocates.</summary>
    internal static ActivitySpanId ToSpanId(ulong id) => id == 0 ? default : ActivitySpanId.CreateFromString(Hex(id).AsSpan());

    private static string Hex(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Parse(string hex, int start)
    {
        ulong id = 0;
        for (int i = start; i < start + 16; i++)
            id = (id << 4) | (uint)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);

        return id;
    }
}
