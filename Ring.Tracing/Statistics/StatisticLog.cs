namespace Ring.Tracing;

/// <summary>Adds spans up and writes a row for each key at the end of each interval.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class StatisticLog
{
    /// <summary>Lines are handed on in blocks of about this size, so that a fault costs a block and not an interval.</summary>
    private const int BlockTarget = 16 * 1024;

    private readonly StatisticTable _table;
    private readonly Utf8Buffer _lines = new(BlockTarget + 4096);
    private readonly StatisticEncoder _encoder;
    private readonly StatisticInterval _interval;
    private readonly LineWriter _writer;
    private readonly Action<StatisticKey?, StatisticRow> _writeRow;
    private int _lineCount;
    private DateTime _startUtc;
    private DateTime _endUtc;

    public StatisticLog(string serviceName, StatisticOptions options, LineWriter writer, Clock clock)
    {
        StatisticKeyParts parts = StatisticKeyParts.Of(options);
        _table = new StatisticTable(parts, options.MaxKeys);
        _encoder = StatisticEncoder.For(options.Format, serviceName, parts);
        _interval = new StatisticInterval(options.Interval, options.Align, clock);
        _writer = writer;
        _writeRow = WriteRow;
    }

    public void Add(SpanEvent span) => _table.Add(span);

    /// <summary>Writes the interval if it is over. To be called every now and then, also when there are no spans.</summary>
    public void WriteIfDue()
    {
        _writer.RetryIfDue();
        if (_interval.IsOver)
            WriteInterval();
    }

    /// <summary>Writes the interval that has begun, whole or not.</summary>
    public void Finish()
    {
        WriteInterval();
        _ = _writer.Finish();
    }

    private void WriteInterval()
    {
        _startUtc = _interval.StartUtc;
        _endUtc = _interval.Next();
        _table.Drain(_writeRow);
        WriteBlock();
    }

    private void WriteRow(StatisticKey? key, StatisticRow row)
    {
        int start = _lines.Length;
        try
        {
            _lineCount += _encoder.Append(_lines, key, row, _startUtc, _endUtc);
        }
        catch
        {
            _lines.Truncate(start);
            throw;
        }

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
}
