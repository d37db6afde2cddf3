namespace Ring.Tracing;

/// <summary>
/// When the intervals begin and end: each after the one before, and each at least a tick long, whatever the wall clock does. How
/// long one lasts is measured by the clock that never goes back.
/// </summary>
/// <remarks>
/// <para>Not thread-safe: the drain thread owns it.</para>
/// <para>
/// When the wall clock is set forward, there is a gap between two intervals. When it is set back, the intervals go on from where
/// they were, ahead of the wall clock; each then lasts up to twice as long as it says, until the wall clock has caught up.
/// </para>
/// </remarks>
internal sealed class StatisticInterval
{
    private readonly TimeSpan _length;
    private readonly bool _isAligned;
    private readonly Clock _clock;
    private DateTime _endUtc;
    private TimeSpan _begin;
    private TimeSpan _due;

    public StatisticInterval(TimeSpan length, bool isAligned, Clock clock)
    {
        _length = length;
        _isAligned = isAligned;
        _clock = clock;
        DateTime now = clock.UtcNow;
        Begin(now, now);
    }

    public DateTime StartUtc { get; private set; }

    public bool IsOver => _clock.Elapsed >= _due;

    /// <summary>Ends the interval now, also before its time, and begins the next.</summary>
    /// <returns>When it ended.</returns>
    public DateTime Next()
    {
        DateTime end = EndNow();
        DateTime now = _clock.UtcNow;
        Begin(Later(_isAligned ? MultipleBefore(now) : now, end), now);
        return end;
    }

    private void Begin(DateTime startUtc, DateTime now)
    {
        StartUtc = startUtc;
        _endUtc = _isAligned ? MultipleAfter(startUtc) : startUtc + _length;
        _begin = _clock.Elapsed;
        TimeSpan untilEnd = _endUtc - now;
        TimeSpan longest = _length + _length;
        _due = _begin + (untilEnd < longest ? untilEnd : longest);
    }

    private DateTime EndNow()
    {
        TimeSpan late = _clock.Elapsed - _due;
        if (late >= TimeSpan.Zero)
            return _isAligned ? MultipleBefore(_endUtc + late) : _endUtc + late;

        DateTime now = StartUtc + (_clock.Elapsed - _begin);
        return now >= _endUtc ? _endUtc : Later(now, StartUtc.AddTicks(1));
    }

    /// <summary>The last multiple of the length since midnight that is not after the time.</summary>
    private DateTime MultipleBefore(DateTime time) => time.AddTicks(-(time.TimeOfDay.Ticks % _length.Ticks));

    /// <summary>The first one after it. Midnight always is one.</summary>
    private DateTime MultipleAfter(DateTime time)
    {
        DateTime next = MultipleBefore(time) + _length;
        DateTime midnight = time.Date.AddDays(1);
        return next < midnight ? next : midnight;
    }

    private static DateTime Later(DateTime first, DateTime second) => first > second ? first : second;
}
