namespace Ring.Tracing;

/// <summary>
/// The rows of the interval. Names may hold anything, ids for instance, so the number of rows is limited: what is over it is
/// counted in one row for all others.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class StatisticTable(int rowLimit)
{
    /// <summary>Rows that a table has room for unless told: 8.5 KiB each, so about 8.5 MiB.</summary>
    public const int UsualRowLimit = 1000;

    private readonly Dictionary<StatisticKey, StatisticRow> _rows = [];
    private readonly List<StatisticKey> _idle = [];

    /// <summary>The rows, some perhaps with a count of zero.</summary>
    public Dictionary<StatisticKey, StatisticRow> Rows => _rows;

    /// <summary>Everything that found no row of its own.</summary>
    public StatisticRow Others { get; } = new();

    public void Add(SpanEvent span) => RowOf(new StatisticKey(Cut(span.Name), span.Kind)).Add(span);

    /// <summary>
    /// Starts the next interval. Keys that were not seen in this one give their row back, and all of them do when the table is
    /// full: those of the next interval may be others.
    /// </summary>
    public void Restart()
    {
        if (_rows.Count >= rowLimit)
            _rows.Clear();

        foreach (KeyValuePair<StatisticKey, StatisticRow> row in _rows)
        {
            if (row.Value.Count == 0)
                _idle.Add(row.Key);
            else
                row.Value.Clear();
        }

        foreach (StatisticKey key in _idle)
            _rows.Remove(key);

        _idle.Clear();
        Others.Clear();
    }

    /// <summary>As much of a name as is written. Without it, a thousand long names would be kept.</summary>
    private static string Cut(string name)
        => name.Length <= OtlpLimits.TextCharacters ? name : name.Substring(0, OtlpLimits.TextCharacters);

    private StatisticRow RowOf(StatisticKey key)
    {
        if (_rows.TryGetValue(key, out StatisticRow? row))
            return row;

        if (_rows.Count >= rowLimit)
            return Others;

        row = new StatisticRow();
        _rows.Add(key, row);
        return row;
    }
}
