namespace Ring.Tracing;

/// <summary>How the lines of the statistic log look. Every line ends with <c>\n</c>, and times are UTC in all of them.</summary>
/// <remarks>Thread safety: immutable, so safe on any thread.</remarks>
public enum StatisticFormat
{
    /// <summary>A JSON object for each row, with the errors, the extremes and the percentiles of its durations.</summary>
    Json,

    /// <summary>
    /// The JSON lines of SOFATracer's statistic log: key, count, total milliseconds, success and load test. Errors have a line of
    /// their own.
    /// </summary>
    SofaJson,

    /// <summary>As <see cref="SofaJson"/>, separated by commas and without names; commas in values are written as <c>%2C</c>.</summary>
    SofaText,
}
