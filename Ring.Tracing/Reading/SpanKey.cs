using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>A span of a process, in a few bytes: half of its trace id is enough beside the span's own.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SpanKey : IEquatable<SpanKey>
{
    private readonly int _process;
    private readonly ulong _trace;
    private readonly ulong _span;

    public SpanKey(int process, ActivityTraceId traceId, ActivitySpanId spanId)
    {
        Span<byte> trace = stackalloc byte[16];
        Span<byte> span = stackalloc byte[8];
        traceId.CopyTo(trace);
        spanId.CopyTo(span);
        _process = process;
        _trace = BinaryPrimitives.ReadUInt64LittleEndian(trace.Slice(8));
        _span = BinaryPrimitives.ReadUInt64LittleEndian(span);
    }

    public bool Equals(SpanKey other) => _span == other._span && _trace == other._trace && _process == other._process;

    public override bool Equals(object? obj) => obj is SpanKey other && Equals(other);

    /// <summary>Span ids are random already.</summary>
    public override int GetHashCode() => (int)_span ^ (int)(_span >> 32);
}
