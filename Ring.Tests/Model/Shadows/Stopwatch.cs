using Ring.Tests.Model.Engine;

namespace System.Diagnostics;

/// <summary>Stands in for the real type: the clock of the model.</summary>
public static class Stopwatch
{
    public static readonly long Frequency = TimeSpan.TicksPerSecond;

    public static long GetTimestamp() => Machine.Now;
}
