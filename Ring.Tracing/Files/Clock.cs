using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>The time, so that tests can move it. (<c>TimeProvider</c> would be a dependency on .NET Standard 2.0.)</summary>
/// <remarks>Thread-safe.</remarks>
internal class Clock
{
    public static readonly Clock System = new();

    /// <summary>The wall clock. It may step back.</summary>
    public virtual DateTime UtcNow => DateTime.UtcNow;

    /// <summary>Time since some fixed moment. It never goes back.</summary>
    public virtual TimeSpan Elapsed => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);
}
