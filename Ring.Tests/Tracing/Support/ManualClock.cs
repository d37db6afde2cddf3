using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A clock that moves when the test says so. Safe on any thread.</summary>
internal sealed class ManualClock : Clock
{
    private static readonly DateTime Start = new(2026, 11, 21, 1, 30, 0, DateTimeKind.Utc);
    private long _ticks;
    private long _step;

    public override DateTime UtcNow => Start + Elapsed + TimeSpan.FromTicks(Interlocked.Read(ref _step));

    public override TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Sets the wall clock, and not the time that never goes back.</summary>
    public void Step(TimeSpan time) => Interlocked.Add(ref _step, time.Ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
