namespace Ring.Tracing;

/// <summary>Adds spans up and writes a row for each key at the end of each interval.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class StatisticLog
{
    /// <summary>Lines are handed on in blocks of about this size, so that a fault costs a block and not an interval.</summary>
    private const int BlockTarget = 16 * 1024;

    private readonly StatisticTable _table = new(StatisticTable.UsualRowLimit);
    private readonly Utf8Buffer _lines = new(BlockTarget + 4096);
    private readonly StatisticEncoder _encoder;
    private readonly LineWriter _writer;
    private readonly TimeSpan _interval;
    private readonly Clock _clock;
    private int _lineCount;
    private DateTime _startUtc;
    private TimeSpan _start;
    private TimeSpan _end;

    public StatisticLog(string serviceName, TimeSpan interval, LineWriter writer, Clock clock)
    {
        _encoder = new StatisticEncoder(serviceName);
        _interval = interval;
        _writer = writer;
        _clock = clock;
        StartInterval();
    }

    public void Add(SpanEvent span) => _table.Add(span);

    /// <summary>Writes the interval if it is over. To be called every now and then, also when there are no spans.</summary>
    public void WriteIfDue()
    {
        _writer.RetryIfDue();
        if (_clock.Elapsed >= _end)
            WriteInterval();
    }

    /// <summary>Writes the interval that has begun, whole or not.</summary>
    public void Finish()
    {
        WriteInterval();
        _writer.Finish();
    }

    private void WriteInterval()
    {
        // Not the wall clock again: it may have been set meanwhile, and an interval would end before its start.
        DateTime endUtc = _startUtc + (_clock.Elapsed - _start);
        foreach (KeyValuePair<StatisticKey, StatisticRow> row in _table.Rows)
            WriteRow(row.Key, row.Value, endUtc);

        WriteRow(key: null, _table.Others, endUtc);
        WriteBlock();
        _table.Restart();
        StartInterval();
    }

    private void WriteRow(StatisticKey? key, StatisticRow row, DateTime endUtc)
    {
        if (row.Count == 0)
            return;

        _encoder.Append(_lines, key, row, _startUtc, endUtc);
        _lineCount++;
        if (_lines.Length >= BlockTarget)
            WriteBlock();
    }

    private void WriteBlock()
    {
        if (_lineCount > 0)
            _writer.Write(_lines, _lineCount);

        _lines.Clear();
        _lineCount = 0;
    }

    private void StartInterval()
    {
        _startUtc = _clock.UtcNow;
        _start = _clock.Elapsed;
        _end = _start + _interval;
    }
}
