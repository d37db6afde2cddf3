using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A clock that moves when the test says so. Safe on any thread.</summary>
internal sealed class ManualClock : Clock
{
    private static readonly DateTime Start = new(2026, 11, 21, 1, 30, 0, DateTimeKind.Utc);
    private long _ticks;

    public override DateTime UtcNow => Start + Elapsed;

    public override TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
