namespace Ring.Tracing;

/// <summary>After which time a log begins a new file. Hours and days are those of UTC.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
public enum RollInterval
{
    /// <summary>Time ends no file.</summary>
    Never = 0,

    /// <summary>A file holds lines of one hour.</summary>
    Hour = 1,

    /// <summary>A file holds lines of one day.</summary>
    Day = 2,
}
