namespace Ring.Tracing;

/// <summary>What the statistic log counts together, how often it gets its rows, and how they are written.</summary>
/// <remarks>Thread safety: not thread-safe; changes after the log was made have no effect on it.</remarks>
public sealed class StatisticOptions
{
    private const int MostKeyAttributes = 8;
    private const int LongestAttribute = 255;
    private const int MostKeys = 100_000;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>How often the statistic log gets its rows, from 1 second to 1 hour; by default 60 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether intervals begin at multiples of <see cref="Interval"/> since midnight UTC, so that those of several processes
    /// match; the first one is then shorter. By default they begin when the log is made.
    /// </summary>
    public bool Align { get; set; }

    /// <summary>
    /// Whether spans of different names have rows of their own, which is the default. Turned off where names hold ids, for instance,
    /// and <see cref="KeyAttributes"/> say better what belongs together.
    /// </summary>
    public bool ByName { get; set; } = true;

    /// <summary>Whether spans of different kinds have rows of their own, which is the default.</summary>
    public bool ByKind { get; set; } = true;

    /// <summary>
    /// Attributes whose values tell spans of one name and kind apart, <c>http.route</c> for instance: at most 8 keys of 1 to 255
    /// characters, each once; by default none. A span without the attribute counts as one whose value is empty. Text, numbers and
    /// booleans cost nothing; of any other value the text is made for each span.
    /// </summary>
    public ICollection<string> KeyAttributes { get; } = [];

    /// <summary>
    /// How many rows an interval has at most, from 1 to 100,000; by default 1,000. Spans for which there is none are counted
    /// together in the row for all others. A row takes 1 to 3 KiB of memory, 17 KiB if its durations go from nanoseconds to years,
    /// and the texts of its key.
    /// </summary>
    public int MaxKeys { get; set; } = 1000;

    /// <summary>How the lines look; by default <see cref="StatisticFormat.Json"/>.</summary>
    public StatisticFormat Format { get; set; } = StatisticFormat.Json;

    /// <summary>What the names of the statistic files end with: JSON lines and others are told apart by it.</summary>
    internal string FileExtension => Format == StatisticFormat.SofaText ? ".stat.log" : ".stat.ndjson";

    internal void Validate()
    {
        OptionCheck.RequireRange(
            Interval >= ShortestInterval && Interval <= LongestInterval,
            nameof(Interval), Interval, $"from {ShortestInterval} to {LongestInterval}");
        OptionCheck.RequireRange(MaxKeys is >= 1 and <= MostKeys, nameof(MaxKeys), MaxKeys, $"from 1 to {MostKeys}");
        OptionCheck.Require(
            Format is StatisticFormat.Json or StatisticFormat.SofaJson or StatisticFormat.SofaText,
            nameof(Format), Format, "Json, SofaJson or SofaText");
        ValidateKeyAttributes();
    }

    private void ValidateKeyAttributes()
    {
        OptionCheck.Require(
            KeyAttributes.Count <= MostKeyAttributes, nameof(KeyAttributes), $"{KeyAttributes.Count} keys", $"at most {MostKeyAttributes}");
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string key in KeyAttributes)
        {
            OptionCheck.Require(
                !string.IsNullOrWhiteSpace(key) && key.Length <= LongestAttribute && seen.Add(key),
                nameof(KeyAttributes), key, $"attribute keys of 1 to {LongestAttribute} characters, each once");
        }
    }
}
