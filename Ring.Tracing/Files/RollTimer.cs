namespace Ring.Tracing;

/// <summary>Tells when the hour or the day of a file is over.</summary>
/// <remarks>Not thread-safe: the rolling file that owns it is not.</remarks>
internal sealed class RollTimer(RollInterval interval, Clock clock)
{
    private DateTime _endUtc = DateTime.MaxValue;
    private TimeSpan _end = TimeSpan.MaxValue;

    /// <summary>
    /// Whether the interval has ended by the wall clock, or has lasted for its full length: a clock that is set back must not keep
    /// a file for ever.
    /// </summary>
    public bool IsOver => clock.UtcNow >= _endUtc || clock.Elapsed >= _end;

    /// <summary>The first line of a file was written.</summary>
    public void Start()
    {
        if (interval == RollInterval.Never)
            return;

        TimeSpan length = interval == RollInterval.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        DateTime now = clock.UtcNow;
        _endUtc = now.AddTicks(length.Ticks - (now.Ticks % length.Ticks));
        _end = clock.Elapsed + length;
    }

    /// <summary>There is no file, or nothing in it yet.</summary>
    public void Stop()
    {
        _endUtc = DateTime.MaxValue;
        _end = TimeSpan.MaxValue;
    }
}
