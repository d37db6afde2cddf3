using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>How the disposal of a log went.</summary>
/// <remarks>An immutable value.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct StopReport(in TraceLogCounts before, in TraceLogCounts after, TimeSpan elapsed)
{
    /// <summary>Spans that were written while the log was being disposed of.</summary>
    public long Drained { get; } = after.Written - before.Written;

    /// <summary>Spans that were left when the time was up, those included that a write still holds which hangs.</summary>
    public long Abandoned { get; } = after.Abandoned + after.InFlight;

    public long Milliseconds { get; } = (long)elapsed.TotalMilliseconds;
}
