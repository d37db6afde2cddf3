namespace Ring.Tracing;

/// <summary>One of the logs that spans go to: which of them, in which format, and into which files.</summary>
/// <remarks>Thread safety: not thread-safe; changes after the log was made have no effect on it.</remarks>
public sealed class SpanLogOptions
{
    private const int LongestName = 100;

    /// <summary>Makes options with the defaults, and without a name.</summary>
    public SpanLogOptions()
        : this(new LogFileOptions())
    {
    }

    internal SpanLogOptions(LogFileOptions files) => Files = files;

    /// <summary>What the names of its files begin with. From 1 to 100 characters that file names may have; no other log has the same.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>How spans are written; by default as OTLP/JSON lines.</summary>
    public SpanFormat Format { get; set; } = SpanFormat.OtlpJson;

    /// <summary>
    /// Which spans the log takes; by default all of them. Called on the thread that writes: it should be quick, and must not keep the
    /// span. When it throws, the span counts as one that could not be encoded.
    /// </summary>
    public Predicate<SpanEvent>? Filter { get; set; }

    /// <summary>When a new file is begun, and which of the old ones are kept.</summary>
    public LogFileOptions Files { get; }

    internal void Validate()
    {
        OptionCheck.Require(IsFileName(Name), nameof(Name), Name, $"1 to {LongestName} characters for a file name");
        bool isFormat = Format is >= SpanFormat.OtlpJson and <= SpanFormat.Text;
        OptionCheck.Require(isFormat, nameof(Format), Format, "OtlpJson, SofaJson, SofaText or Text");
        Files.Validate();
    }

    internal static bool IsFileName(string? prefix) =>
        !string.IsNullOrWhiteSpace(prefix) && prefix!.Length <= LongestName && prefix.IndexOfAny(Path.GetInvalidFileNameChars()) < 0;
}
