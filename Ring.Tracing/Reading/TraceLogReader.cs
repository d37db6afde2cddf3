using System.Diagnostics;
using System.Text;

namespace Ring.Tracing;

/// <summary>
/// Reads the files that one or several processes wrote, also compressed ones and those that are written at this moment, line by
/// line. It repairs nothing, and throws for nothing that a file holds: what cannot be read is a <see cref="LogFault"/>.
/// </summary>
/// <remarks>
/// <para>Thread safety: every member may be called by every thread at any time. Each enumeration is for one thread.</para>
/// <para>
/// Span files are those named <c>*.jsonl</c>, statistic files those named <c>*.stat.ndjson</c>, both with <c>.gz</c> behind it or
/// not. Span files of other writers of OTLP/JSON lines, the OpenTelemetry collector for one, are read, too. A line has 16 MiB at most.
/// </para>
/// </remarks>
public sealed class TraceLogReader
{
    private readonly LogFileSet _files;

    /// <summary>Reads the files that lie in a folder, oldest first. It is looked into anew by each call.</summary>
    /// <param name="folder">The folder. Folders in it are not looked into.</param>
    /// <param name="prefix">
    /// <see cref="TraceLogOptions.FileNamePrefix"/>, or <see cref="SpanLogOptions.Name"/>, of the logs to read; null for every file in
    /// the folder.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    public TraceLogReader(string folder, string? prefix = null) =>
        _files = new LogFileSet(folder ?? throw new ArgumentNullException(nameof(folder)), prefix);

    /// <summary>Reads these files.</summary>
    /// <param name="files">Span files and statistic files, in the order in which they are read.</param>
    /// <exception cref="ArgumentNullException"><paramref name="files"/> is null.</exception>
    public TraceLogReader(IEnumerable<string> files) =>
        _files = new LogFileSet(files ?? throw new ArgumentNullException(nameof(files)));

    /// <summary>The span files, in the order in which they are read.</summary>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public IReadOnlyList<string> FindSpanFiles() => _files.SpanFiles();

    /// <summary>The statistic files, in the order in which they are read.</summary>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public IReadOnlyList<string> FindStatisticFiles() => _files.StatisticFiles();

    /// <summary>
    /// Everything in the span files, file after file: a <see cref="LoggedSpan"/>, a <see cref="LoggedGap"/> or a
    /// <see cref="LogFault"/> each. Of a file, only a line at a time is in memory.
    /// </summary>
    /// <returns>The records; the files are read while it is enumerated.</returns>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public IEnumerable<LoggedRecord> Read() => FindSpanFiles().SelectMany(file => ReadFile(file, LineParser.ReadSpans));

    /// <summary>The spans in the span files, file after file, without gaps and faults.</summary>
    /// <param name="withoutRepeats">
    /// Whether a span is left out that came before from the same process, as after a failed write. That takes about 50 bytes of
    /// memory a span.
    /// </param>
    /// <returns>The spans; the files are read while it is enumerated.</returns>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public IEnumerable<LoggedSpan> ReadSpans(bool withoutRepeats = false)
    {
        IEnumerable<LoggedSpan> spans = Read().OfType<LoggedSpan>();
        return withoutRepeats ? WithoutRepeats(spans) : spans;
    }

    /// <summary>The rows in the statistic files, file after file, without faults.</summary>
    /// <returns>The rows; the files are read while it is enumerated.</returns>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public IEnumerable<LoggedStatistic> ReadStatistics() => ReadStatisticRecords(FindStatisticFiles()).OfType<LoggedStatistic>();

    /// <summary>
    /// All spans of a trace, from all files, in the order of their beginnings, and none twice. Reads all files, yet takes apart
    /// only the lines that name the trace.
    /// </summary>
    /// <param name="traceId">The trace.</param>
    /// <returns>The spans; none if no file names the trace.</returns>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public IReadOnlyList<LoggedSpan> FindTrace(ActivityTraceId traceId)
    {
        string id = traceId.ToHexString();
        byte[] lowerCase = Encoding.ASCII.GetBytes(id);
        byte[] upperCase = Encoding.ASCII.GetBytes(id.ToUpperInvariant());
        IEnumerable<LoggedSpan> spans =
            from file in FindSpanFiles()
            from record in ReadFile(file, ReadIfNamed)
            let span = record as LoggedSpan
            where span is not null && span.TraceId == traceId
            select span;
        return [.. WithoutRepeats(spans).OrderBy(span => span.StartTimeUtc)];

        IReadOnlyList<LoggedRecord> ReadIfNamed(ReadOnlyMemory<byte> line, LinePlace place) =>
            line.Span.IndexOf(lowerCase) >= 0 || line.Span.IndexOf(upperCase) >= 0 ? LineParser.ReadSpans(line, place) : [];
    }

    /// <summary>
    /// Reads all files and says whether something is missing. Takes about 50 bytes of memory a span.
    /// </summary>
    /// <returns>What was found.</returns>
    /// <exception cref="IOException">The folder does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not look into the folder.</exception>
    public TraceLogCheck Check()
    {
        CheckTally tally = new();
        IReadOnlyList<string> spanFiles = FindSpanFiles();
        foreach (LoggedRecord record in spanFiles.SelectMany(file => ReadFile(file, LineParser.ReadSpans)))
            tally.Add(record);

        IReadOnlyList<string> statisticFiles = FindStatisticFiles();
        foreach (LoggedRecord record in ReadStatisticRecords(statisticFiles))
            tally.Add(record);

        return new TraceLogCheck(spanFiles.Count, statisticFiles.Count, tally);
    }

    private static IEnumerable<LoggedSpan> WithoutRepeats(IEnumerable<LoggedSpan> spans)
    {
        SpanIndex seen = new();
        foreach (LoggedSpan span in spans)
        {
            if (seen.Add(span))
                yield return span;
        }
    }

    private static IEnumerable<LoggedRecord> ReadStatisticRecords(IReadOnlyList<string> files) =>
        files.SelectMany(file => ReadFile(file, LineParser.ReadStatistic));

    private static IEnumerable<LoggedRecord> ReadFile(
        string path, Func<ReadOnlyMemory<byte>, LinePlace, IReadOnlyList<LoggedRecord>> parse)
    {
        using LineReader lines = new(path);
        while (lines.MoveNext())
        {
            LinePlace place = new(path, lines.LineNumber);
            if (lines.IsTooLong)
                yield return new LogFault(place, LogFaultKind.BadLine, $"The line is longer than {LineReader.LineLimit} bytes.");
            else
            {
                foreach (LoggedRecord record in parse(lines.Line, place))
                    yield return record;
            }
        }

        if (lines.Fault is { } fault)
            yield return fault;
    }
}
