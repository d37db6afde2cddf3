namespace Ring.Tracing;

/// <summary>
/// The rows of the interval. Names and values may hold anything, ids for instance, so the number of rows is limited: what is over
/// it is counted in one row for all others, and in one more for all others of load tests.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class StatisticTable(StatisticKeyParts parts, int rowLimit)
{
    private readonly Dictionary<StatisticKey, StatisticRow> _rows = [];
    private readonly List<StatisticKey> _idle = [];
    private readonly StatisticRow _others = new(isLoadTest: false);
    private readonly StatisticRow _loadTestOthers = new(isLoadTest: true);
    private readonly StatisticKey _key = new(parts.Attributes.Length);

    /// <summary>Keys that have a row of their own.</summary>
    public int RowCount => _rows.Count;

    public void Add(SpanEvent span)
    {
        _key.Read(span, parts);
        RowOf(_key).Add(span);
    }

    /// <summary>
    /// Hands each row with spans over, with its key or null if it is for all others, and starts the next interval. When that
    /// throws, the rows that were not handed over stay. Keys that were not seen in this interval give their row back, and all of
    /// them do when the table is full: those of the next interval may be others.
    /// </summary>
    public void Drain(Action<StatisticKey?, StatisticRow> handOver)
    {
        foreach (KeyValuePair<StatisticKey, StatisticRow> row in _rows)
        {
            if (!TryDrain(handOver, row.Key, row.Value))
                _idle.Add(row.Key);
        }

        TryDrain(handOver, key: null, _others);
        TryDrain(handOver, key: null, _loadTestOthers);
        GiveBackRows();
    }

    private static bool TryDrain(Action<StatisticKey?, StatisticRow> handOver, StatisticKey? key, StatisticRow row)
    {
        if (row.Count == 0)
            return false;

        handOver(key, row);
        row.Clear();
        return true;
    }

    private void GiveBackRows()
    {
        if (_rows.Count >= rowLimit)
            _rows.Clear();

        foreach (StatisticKey key in _idle)
            _rows.Remove(key);

        _idle.Clear();
    }

    private StatisticRow RowOf(StatisticKey key)
    {
        if (_rows.TryGetValue(key, out StatisticRow? row))
            return row;

        if (_rows.Count >= rowLimit)
            return key.IsLoadTest ? _loadTestOthers : _others;

        row = new StatisticRow(key.IsLoadTest);
        _rows.Add(key.Keep(), row);
        return row;
    }
}
