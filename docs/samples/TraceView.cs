// Looks at what Ring.Tracing wrote: whether the log is complete, its statistics, the slowest traces, and one trace as a tree.
//
//     dotnet run docs/samples/TraceView.cs -- FOLDER [--prefix NAME] [--trace ID] [--slowest N] [--html PAGE]
//
// Without a folder it writes a small log of made-up spans with TraceLog, and shows that. With --html it also writes a page that
// needs nothing but itself: latency over time, and the waterfall of the trace. What the log holds decides neither the width of
// a line nor the markup of a page: names are cut, escaped, and stripped of control characters.

#:project ../../Ring.Tracing/Ring.Tracing.csproj
#:package Spectre.Console
#:package System.CommandLine

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Ring.Tracing;
using Spectre.Console;
using Spectre.Console.Rendering;

Console.OutputEncoding = Encoding.UTF8;

Argument<string?> folder = new("folder") { Description = "The folder of the log.", Arity = ArgumentArity.ZeroOrOne };
Option<string?> prefix = new("--prefix") { Description = "What the names of the files begin with." };
Option<string?> trace = new("--trace") { Description = "The trace to show; by default the slowest." };
Option<int> slowest = new("--slowest") { Description = "How many of the slowest traces to list.", DefaultValueFactory = _ => 10 };
Option<string?> html = new("--html") { Description = "The page to write." };
folder.Validators.Add(result => Check(result, Directory.Exists, "there is no such folder"));
trace.Validators.Add(result => Check(result, IsTraceId, "a trace id has 32 hexadecimal digits, not all of them zero"));
slowest.Validators.Add(result => Check(result, IsRowCount, "it must be from 1 to 1000"));

RootCommand command = new("Shows what Ring.Tracing wrote.") { folder, prefix, trace, slowest, html };
command.SetAction(parsed => Viewer.Run(new Choice(
    parsed.GetValue(folder), parsed.GetValue(prefix), parsed.GetValue(trace), parsed.GetValue(slowest), parsed.GetValue(html))));
ParseResult choice = command.Parse(args);
if (choice.Errors.Count == 0)
    return choice.Invoke();

Console.Error.WriteLine(choice.Errors[0].Message);
return 2;

static void Check(SymbolResult result, Func<string, bool> isValid, string rule)
{
    foreach (Token token in result.Tokens)
    {
        if (!isValid(token.Value))
            result.AddError($"'{token.Value}': {rule}.");
    }
}

static bool IsTraceId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit) && text.Any(digit => digit != '0');

// What is no number at all is told by the parser.
static bool IsRowCount(string text) => !int.TryParse(text, out int value) || value is >= 1 and <= 1000;

internal sealed record Choice(string? Folder, string? Prefix, string? Trace, int Slowest, string? Html);

internal static class Viewer
{
    public static int Run(Choice choice)
    {
        string? demo = null;
        try
        {
            demo = choice.Folder is null ? Demo.Write() : null;
            return Show(choice, new TraceLogReader(choice.Folder ?? demo!, choice.Prefix), isDemo: demo is not null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
        finally
        {
            if (demo is not null)
                Directory.Delete(demo, recursive: true);
        }
    }

    private static int Show(Choice choice, TraceLogReader reader, bool isDemo)
    {
        LogSummary log = LogSummary.Of(reader);
        TraceTree? tree = TreeOf(choice, reader, log);
        if (choice.Trace is not null && tree is null)
        {
            Console.Error.WriteLine($"No span of the trace {choice.Trace} is in the log.");
            return 1;
        }

        string title = isDemo ? "a log of made-up spans" : choice.Folder!;
        Terminal terminal = new(log.Services);
        Terminal.ShowCheck(title, log.Check);
        terminal.ShowStatistics(log.Statistics);
        terminal.ShowSlowest(log.Slowest(choice.Slowest));
        if (tree is not null)
            terminal.ShowTrace(tree);

        if (choice.Html is not null)
        {
            File.WriteAllText(choice.Html, new Page(log, tree, choice.Slowest).Render(title));
            Console.WriteLine($"Page: {choice.Html}");
        }

        return 0;
    }

    private static TraceTree? TreeOf(Choice choice, TraceLogReader reader, LogSummary log)
    {
        ActivityTraceId id = choice.Trace is null
            ? log.Slowest(1).Select(trace => trace.Id).FirstOrDefault()
            : ActivityTraceId.CreateFromString(choice.Trace.ToLowerInvariant());
        IReadOnlyList<LoggedSpan> spans = id == default ? [] : reader.FindTrace(id);
        return spans.Count == 0 ? null : new TraceTree(spans);
    }
}

/// <summary>What is known of each trace and each statistic key once all files were read.</summary>
internal sealed class LogSummary
{
    private readonly Dictionary<ActivityTraceId, TraceSummary> _traces = [];
    private readonly SortedSet<string> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Service, string Name, ActivityKind Kind), StatisticHistory> _statistics = [];

    public required TraceLogCheck Check { get; init; }

    public IReadOnlyCollection<TraceSummary> Traces => _traces.Values;

    public IReadOnlyCollection<StatisticHistory> Statistics => _statistics.Values;

    public string[] Services => [.. _services];

    public static LogSummary Of(TraceLogReader reader)
    {
        LogSummary summary = new() { Check = reader.Check() };
        foreach (LoggedSpan span in reader.ReadSpans(withoutRepeats: true))
            summary.Add(span);

        foreach (LoggedStatistic row in reader.ReadStatistics())
            summary.Add(row);

        return summary;
    }

    public IEnumerable<TraceSummary> Slowest(int count) => _traces.Values.OrderByDescending(trace => trace.Duration).Take(count);

    private void Add(LoggedSpan span)
    {
        if (!_traces.TryGetValue(span.TraceId, out TraceSummary? trace))
            _traces.Add(span.TraceId, trace = new TraceSummary(span.TraceId));

        trace.Add(span);
        _services.Add(span.Resource.ServiceName);
    }

    private void Add(LoggedStatistic row)
    {
        (string, string, ActivityKind) key = (row.ServiceName, LabelOf(row), row.Kind);
        if (!_statistics.TryGetValue(key, out StatisticHistory? history))
            _statistics.Add(key, history = new StatisticHistory(key.Item2));

        history.Add(row);
    }

    /// <summary>What tells rows of one service and kind apart.</summary>
    private static string LabelOf(LoggedStatistic row)
    {
        string attributes = string.Concat(row.Attributes.Select(attribute => $" {attribute.Key}={attribute.Value}"));
        return (row.IsOthers ? "(others)" : row.Name) + attributes + (row.IsLoadTest ? " (load test)" : string.Empty);
    }
}

internal sealed class TraceSummary(ActivityTraceId id)
{
    private bool _hasRoot;

    public ActivityTraceId Id { get; } = id;

    public DateTime Start { get; private set; } = DateTime.MaxValue;

    public DateTime End { get; private set; } = DateTime.MinValue;

    public TimeSpan Duration => End - Start;

    public int Spans { get; private set; }

    public int Errors { get; private set; }

    /// <summary>The name of the root, or of the first span if the root is not there.</summary>
    public string Name { get; private set; } = "";

    public string Service { get; private set; } = "";

    public void Add(LoggedSpan span)
    {
        bool isRoot = span.ParentSpanId == default;
        if (isRoot || (!_hasRoot && span.StartTimeUtc < Start))
            (Name, Service, _hasRoot) = (span.Name, span.Resource.ServiceName, isRoot);

        Spans++;
        Errors += span.Status == ActivityStatusCode.Error ? 1 : 0;
        Start = span.StartTimeUtc < Start ? span.StartTimeUtc : Start;
        End = span.EndTimeUtc > End ? span.EndTimeUtc : End;
    }
}

/// <summary>The rows of one statistic key: the latest, and the 99th percentile of the last ones.</summary>
internal sealed class StatisticHistory(string name)
{
    private const int Remembered = 16;

    private readonly Queue<TimeSpan> _p99 = new();

    public string Name { get; } = name;

    public LoggedStatistic Latest { get; private set; } = null!;

    public int Intervals { get; private set; }

    public IEnumerable<TimeSpan> P99 => _p99;

    public void Add(LoggedStatistic row)
    {
        Latest = Latest is null || row.StartTimeUtc >= Latest.StartTimeUtc ? row : Latest;
        Intervals++;
        _p99.Enqueue(row.P99);
        if (_p99.Count > Remembered)
            _p99.Dequeue();
    }
}

/// <summary>The spans of a trace in the order of a tree, each with its depth.</summary>
internal sealed class TraceTree
{
    private readonly List<TreeRow> _rows = [];
    private readonly HashSet<LoggedSpan> _placed = [];

    public TraceTree(IReadOnlyList<LoggedSpan> spans)
    {
        ILookup<ActivitySpanId, LoggedSpan> children = spans.ToLookup(span => span.ParentSpanId);
        HashSet<ActivitySpanId> ids = [.. spans.Select(span => span.SpanId)];
        foreach (LoggedSpan root in spans.Where(span => !ids.Contains(span.ParentSpanId)))
            Place(root, children);

        // Spans that are one another's parents hang below no root.
        foreach (LoggedSpan span in spans)
            Place(span, children);

        Start = spans.Min(span => span.StartTimeUtc);
        End = spans.Max(span => span.EndTimeUtc);
    }

    public IReadOnlyList<TreeRow> Rows => _rows;

    public LoggedSpan Root => _rows[0].Span;

    public DateTime Start { get; }

    public DateTime End { get; }

    public TimeSpan Duration => End - Start;

    public int Errors => _rows.Count(row => row.Span.Status == ActivityStatusCode.Error);

    public IEnumerable<string> Services => _rows.Select(row => row.Span.Resource.ServiceName).Distinct(StringComparer.Ordinal);

    /// <summary>How far into the trace a time is, from 0 to 1.</summary>
    public double ShareOf(DateTime time) =>
        Duration > TimeSpan.Zero ? Math.Clamp((time - Start) / Duration, 0, 1) : 0;

    /// <summary>Not by recursion: a trace may be as deep as it likes.</summary>
    private void Place(LoggedSpan root, ILookup<ActivitySpanId, LoggedSpan> children)
    {
        Stack<(LoggedSpan Span, int Depth, int Parent, bool IsLast)> waiting = new([(root, 0, -1, true)]);
        while (waiting.TryPop(out (LoggedSpan Span, int Depth, int Parent, bool IsLast) next))
        {
            if (!_placed.Add(next.Span))
                continue;

            int row = _rows.Count;
            _rows.Add(new TreeRow(next.Span, next.Depth, next.Parent, next.IsLast));
            bool isLast = true;
            foreach (LoggedSpan child in children[next.Span.SpanId].Reverse().Where(child => !_placed.Contains(child)))
            {
                waiting.Push((child, next.Depth + 1, row, isLast));
                isLast = false;
            }
        }
    }
}

internal readonly record struct TreeRow(LoggedSpan Span, int Depth, int Parent, bool IsLast)
{
    public bool Failed => Span.Status == ActivityStatusCode.Error;

    public bool LacksParent => Depth == 0 && Span.ParentSpanId != default;
}

internal static class Words
{
    public static string Of(TimeSpan duration)
    {
        double nanoseconds = duration.Ticks * 100.0;
        return Math.Abs(nanoseconds) switch
        {
            < 1e3 => Number(nanoseconds, "0", "ns"),
            < 999.5e3 => Number(nanoseconds / 1e3, Digits(nanoseconds / 1e3), "\u00b5s"),
            < 999.5e6 => Number(nanoseconds / 1e6, Digits(nanoseconds / 1e6), "ms"),
            < 59.95e9 => Number(nanoseconds / 1e9, Digits(nanoseconds / 1e9), "s "),
            < 3599.5e9 => string.Create(CultureInfo.InvariantCulture, $"{duration:%m} m {duration:ss} s "),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalHours):0} h {duration:mm} m "),
        };
    }

    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(long count, string noun, string? plural = null) => $"{Of(count)} {(count == 1 ? noun : plural ?? noun + "s")}";

    public static string Of(GapSummary gap) =>
        $"{Of(gap.SpanCount, "span")} lost ({gap.Reason}) from {Of(gap.StartTimeUtc)} to {Of(gap.EndTimeUtc)} UTC";

    public static string Of(ActivityKind kind) => kind.ToString().ToLowerInvariant();

    public static string Of(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Of(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        object?[] items => $"[{string.Join(", ", items.Select(Of))}]",
        IReadOnlyDictionary<string, object?> pairs => $"{{{string.Join(", ", pairs.Select(pair => pair.Key + ": " + Of(pair.Value)))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Without what moves the cursor, rings the bell or turns the direction of writing.</summary>
    public static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsPrintable(rune) ? rune.ToString() : "\u00b7"));

    /// <summary>Of what is no character at all, Spectre.Console knows no width.</summary>
    public static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    private static string Digits(double value) => Math.Abs(value) switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" };

    private static string Number(double value, string format, string unit) =>
        $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}

/// <summary>Everything as lines that fit the terminal.</summary>
internal sealed class Terminal(string[] services)
{
    private const int MostRows = 200;
    private const int MostStatistics = 25;
    private const int DeepestIndent = 12;
    private const int NarrowestBar = 12;

    private static readonly string[] Colors =
        ["deepskyblue1", "orange1", "mediumpurple1", "chartreuse3", "gold1", "turquoise2", "hotpink", "tan"];

    private static int Width => Math.Max(20, AnsiConsole.Profile.Width - 1);

    public static void ShowCheck(string title, TraceLogCheck check)
    {
        Heading($"Log: {title}");
        AnsiConsole.MarkupLine(check switch
        {
            { SpanFileCount: 0 } => "[yellow]Nothing:[/] there is no span file.",
            { IsComplete: true } => "[green]Complete:[/] nothing shows that a span is missing.",
            _ => "[red]Incomplete:[/] something is missing, or still to come.",
        });
        Line($"{Words.Of(check.SpanCount, "span")} of {Words.Of(check.ProcessCount, "process", "processes")} in "
            + $"{Words.Of(check.SpanFileCount, "file")}, "
            + $"{Words.Of(check.StatisticCount, "statistic row")} in {Words.Of(check.StatisticFileCount, "file")}.");
        if (check.RepeatedSpanCount > 0)
            Line($"{Words.Of(check.RepeatedSpanCount, "span")} written twice, counted once.");
        if (check.OrphanCount > 0)
            Line($"{Words.Of(check.OrphanCount, "span")} without the parent they had, as in trace {check.OrphanTraces[0]}.", "red");
        foreach (GapSummary gap in check.Gaps)
            Line($"{Words.Of(gap)}.", "red");
        ShowFaults(check);
    }

    public void ShowStatistics(IReadOnlyCollection<StatisticHistory> histories)
    {
        if (histories.Count == 0)
            return;

        Heading("Statistics: the latest row of each name");
        TextTable table = new(Width);
        table.Add("name", keep: 0).Add("service", keep: 5).Add("kind", keep: 7).Add("count", keep: 1, right: true)
            .Add("errors", keep: 2, right: true).Add("p50", keep: 4, right: true).Add("p90", keep: 8, right: true)
            .Add("p99", keep: 3, right: true).Add("longest", keep: 6, right: true).Add("p99 before", keep: 9);
        foreach (StatisticHistory history in histories.OrderByDescending(history => history.Latest.Total).Take(MostStatistics))
        {
            LoggedStatistic row = history.Latest;
            table.AddRow(
                (history.Name, ""), (row.ServiceName, ColorOf(row.ServiceName)), (row.IsOthers ? "" : Words.Of(row.Kind), "grey"),
                (Words.Of(row.Count), ""), (Words.Of(row.Errors), row.Errors > 0 ? "red" : "grey"), (Words.Of(row.P50), ""),
                (Words.Of(row.P90), ""), (Words.Of(row.P99), ""), (Words.Of(row.Longest), ""), (Sparks(history.P99), "grey"));
        }

        table.Write();
        Rest(histories.Count - MostStatistics, "name");
    }

    public void ShowSlowest(IEnumerable<TraceSummary> traces)
    {
        TraceSummary[] list = [.. traces];
        if (list.Length == 0)
            return;

        Heading("Slowest traces");
        TextTable table = new(Width);
        table.Add("name", keep: 0).Add("duration", keep: 1, right: true).Add("", keep: 6).Add("spans", keep: 4, right: true)
            .Add("errors", keep: 3, right: true).Add("service", keep: 5).Add("trace", keep: 2).Add("began (UTC)", keep: 7);
        foreach (TraceSummary trace in list)
        {
            table.AddRow(
                (trace.Name, ""), (Words.Of(trace.Duration), ""), (Bar(0, trace.Duration / list[0].Duration, 16), ColorOf(trace.Service)),
                (Words.Of(trace.Spans), ""), (Words.Of(trace.Errors), trace.Errors > 0 ? "red" : "grey"),
                (trace.Service, ColorOf(trace.Service)), (trace.Id.ToHexString(), "grey"), (Words.Of(trace.Start), "grey"));
        }

        table.Write();
    }

    public void ShowTrace(TraceTree tree)
    {
        Heading($"Trace {tree.Root.TraceId}");
        string errors = tree.Errors == 0 ? "" : $", {Words.Of(tree.Errors, "error")}";
        Line($"{Words.Of(tree.Duration).TrimEnd()}, {Words.Of(tree.Rows.Count, "span")}{errors}, began {Words.Of(tree.Start)} UTC");
        AnsiConsole.MarkupLine(string.Join("  ", tree.Services.Select(service =>
            Styled("\u25cf", ColorOf(service)) + " " + Escape(Words.Printable(service)))));

        TreeRow[] rows = [.. tree.Rows.Take(MostRows)];
        string[] guides = GuidesOf(rows);
        int longest = rows.Index().Max(row => guides[row.Index].Length + 2 + TextTable.WidthOf(LabelOf(row.Item)));
        int duration = rows.Max(row => Words.Of(row.Span.Duration).Length);
        int label = Math.Min(longest, Math.Max(16, Width * 45 / 100));
        int bar = Width - label - duration - 2;
        if (bar < NarrowestBar)
            (label, bar) = (Width - duration - 1, 0);
        else
            ShowScale(tree, label, bar);

        foreach ((int index, TreeRow row) in rows.Index())
            ShowRow(tree, row, guides[index], label, bar, duration);
        Rest(tree.Rows.Count - MostRows, "span");
    }

    private static void ShowFaults(TraceLogCheck check)
    {
        const int MostFaults = 5;
        foreach (LogFault fault in check.Faults.Take(MostFaults))
            Line($"{Path.GetFileName(fault.FilePath)}, line {Words.Of(fault.LineNumber)}: {NameOf(fault.Kind)}: {fault.Reason}", "yellow");
        Rest(check.TornTailCount + check.BadLineCount + check.UnreadableFileCount - MostFaults, "fault");
    }

    private static void ShowScale(TraceTree tree, int label, int bar)
    {
        string middle = bar >= 40 ? Words.Of(tree.Duration / 2).Trim() : "", end = Words.Of(tree.Duration).Trim();
        string scale = "0".PadRight(Math.Max(1, (bar - middle.Length) / 2)) + middle;
        AnsiConsole.MarkupLine(new string(' ', label + 1) + Styled(scale.PadRight(Math.Max(scale.Length, bar - end.Length)) + end, "grey"));
    }

    private void ShowRow(TraceTree tree, TreeRow row, string guide, int label, int bar, int duration)
    {
        string color = ColorOf(row.Span.Resource.ServiceName);
        string name = TextTable.Fit(LabelOf(row), Math.Max(1, label - guide.Length - 2));
        int room = Math.Max(0, label - guide.Length - 2 - TextTable.WidthOf(name));
        string line = $"[grey]{Escape(guide)}[/][{color}]\u25cf[/] {Styled(name, row.Failed ? "red" : "")}{new string(' ', room)} ";
        if (bar > 0)
        {
            string text = Bar(tree.ShareOf(row.Span.StartTimeUtc), tree.ShareOf(row.Span.EndTimeUtc), bar);
            line += $"{Styled(text, row.Failed ? "red" : color)}{new string(' ', bar - text.Length)} ";
        }

        AnsiConsole.MarkupLine(line + Styled(Words.Of(row.Span.Duration).PadLeft(duration), row.Failed ? "red" : ""));
    }

    private static string LabelOf(TreeRow row)
    {
        string name = Words.Printable(row.Span.Name);
        string error = row.Failed ? $" \u2717 {Words.Printable(row.Span.StatusDescription)}".TrimEnd() : "";
        return name + error + (row.LacksParent ? " (its parent is not in the log)" : "");
    }

    /// <summary>The lines in front of each name. Below a depth they would take all the room.</summary>
    private static string[] GuidesOf(TreeRow[] rows)
    {
        string[] below = new string[rows.Length];
        string[] guides = new string[rows.Length];
        foreach ((int index, TreeRow row) in rows.Index())
        {
            string before = row.Parent < 0 ? "" : below[row.Parent];
            bool isDeep = row.Depth > DeepestIndent;
            string turn = isDeep ? $"\u00bb{row.Depth} " : row.IsLast ? "\u2514\u2500" : "\u251c\u2500";
            guides[index] = row.Depth == 0 ? "" : before + turn;
            below[index] = row.Depth == 0 || row.Depth >= DeepestIndent ? before : before + (row.IsLast ? "  " : "\u2502 ");
        }

        return guides;
    }

    /// <summary>A bar from one share of the width to another, exact to half a character, and never nothing.</summary>
    private static string Bar(double from, double to, int width)
    {
        int start = Math.Min((int)(from * width * 2), (width * 2) - 1);
        int end = Math.Clamp((int)Math.Round(to * width * 2), start + 1, width * 2);
        StringBuilder bar = new(new string(' ', start / 2));
        for (int cell = start / 2; cell * 2 < end; cell++)
        {
            bool hasLeft = cell * 2 >= start, hasRight = (cell * 2) + 1 < end;
            bar.Append(hasLeft && hasRight ? '\u2501' : hasLeft ? '\u2578' : '\u257a');
        }

        return bar.ToString();
    }

    private static string Sparks(IEnumerable<TimeSpan> values)
    {
        TimeSpan[] list = [.. values];
        long most = Math.Max(1, list.Max(value => value.Ticks));
        return list.Length < 2 ? "" : string.Concat(list.Select(value => (char)('\u2581' + (value.Ticks * 7 / most))));
    }

    private static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        string title = TextTable.Fit(Words.Printable(text), Width - 8);
        AnsiConsole.Write(new Rule(Styled(title, "bold default")).LeftJustified().RuleStyle("grey"));
    }

    private static void Line(string text, string style = "") => AnsiConsole.MarkupLine(Styled(Words.Printable(text), style));

    private static void Rest(long count, string noun)
    {
        if (count > 0)
            Line($"\u2026 and {Words.Of(count, noun)} more", "grey");
    }

    private static string NameOf(LogFaultKind kind) => kind switch
    {
        LogFaultKind.TornTail => "torn tail",
        LogFaultKind.BadLine => "bad line",
        _ => "unreadable",
    };

    private string ColorOf(string service) => Colors[Math.Max(0, Array.IndexOf(services, service)) % Colors.Length];

    public static string Styled(string text, string style) => style.Length == 0 ? Escape(text) : $"[{style}]{Escape(text)}[/]";

    private static string Escape(string text) => Markup.Escape(text);
}

/// <summary>A table that gives up columns until it fits, and cuts its first column if it must.</summary>
internal sealed class TextTable(int width)
{
    private const int Gap = 2;
    private const int NarrowestName = 16;

    private readonly List<(string Title, int Keep, bool IsRight)> _columns = [];
    private readonly List<(string Text, string Style)[]> _rows = [];

    /// <param name="title">What stands above the column.</param>
    /// <param name="keep">The column with the highest number is given up first, the one with 0 never.</param>
    /// <param name="right">Whether it ends at the right.</param>
    public TextTable Add(string title, int keep, bool right = false)
    {
        _columns.Add((title, keep, right));
        return this;
    }

    public void AddRow(params (string Text, string Style)[] cells) =>
        _rows.Add([.. cells.Select(cell => (Words.Printable(cell.Text), cell.Style))]);

    public void Write()
    {
        int[] content = [.. _columns.Index().Select(column => _rows.Max(row => WidthOf(row[column.Index].Text)))];
        int[] widths = [.. _columns.Zip(content, (column, longest) => Math.Max(WidthOf(column.Title), longest))];
        List<int> shown = [.. Enumerable.Range(0, _columns.Count).Where(index => index == 0 || content[index] > 0)];
        int Others() => shown.Where(index => index != 0).Sum(index => widths[index] + Gap);
        while (shown.Count > 1 && Others() + Math.Min(widths[0], NarrowestName) > width)
            shown.Remove(shown.MaxBy(index => _columns[index].Keep));

        widths[0] = Math.Min(widths[0], Math.Max(1, width - Others()));
        WriteRow([.. _columns.Select(column => (column.Title, "grey"))], shown, widths);
        foreach ((string Text, string Style)[] row in _rows)
            WriteRow(row, shown, widths);
    }

    public static int WidthOf(string text) => new Segment(text).CellCount();

    /// <summary>As much of the text as fits, with an ellipsis where it was cut.</summary>
    public static string Fit(string text, int room)
    {
        if (WidthOf(text) <= room)
            return text;

        StringBuilder kept = new();
        int taken = 1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            taken += WidthOf(rune.ToString());
            if (taken > room)
                break;

            kept.Append(rune);
        }

        return kept.Append('\u2026').ToString();
    }

    private void WriteRow((string Text, string Style)[] cells, List<int> shown, int[] widths)
    {
        StringBuilder line = new();
        foreach (int index in shown)
        {
            string text = Fit(cells[index].Text, widths[index]);
            string padding = new(' ', Math.Max(0, widths[index] - WidthOf(text)));
            string styled = Terminal.Styled(text, cells[index].Style);
            line.Append(index == 0 ? "" : new string(' ', Gap)).Append(_columns[index].IsRight ? padding + styled : styled + padding);
        }

        AnsiConsole.MarkupLine(line.ToString().TrimEnd());
    }
}

internal static class HtmlText
{
    /// <summary>Not <c>Append</c>, whose interpolation would format in the language of the machine.</summary>
    public static StringBuilder Add(this StringBuilder html, string text) => html.Append(text);
}

/// <summary>A page that needs nothing but itself, and is well-formed XML, too.</summary>
internal sealed class Page(LogSummary log, TraceTree? tree, int slowest)
{
    private const int MostRows = 500;
    private const int MostStatistics = 200;
    private const int Colors = 8;
    private const int Left = 380;
    private const int Right = 1110;
    private const int Top = 24;
    private const int RowHeight = 22;

    private const string Style = """
        :root { color-scheme: light dark; --back: #fbfbfa; --card: #fff; --text: #1d2129; --dim: #69707d; --line: #e2e4e8; --tree: #c3c7cf;
          --error: #c9252d; --good: #1a7f37; --c0: #2b7de9; --c1: #e07b00; --c2: #8456d6; --c3: #3f9142; --c4: #b59300; --c5: #0b9aa6;
          --c6: #d0478f; --c7: #94704a; }
        @media (prefers-color-scheme: dark) { :root { --back: #14161a; --card: #1c1f25; --text: #e4e6ea; --dim: #949ba8; --line: #31353e;
          --tree: #4d535f; --error: #ff6b6b; --good: #4cc267; --c0: #5aa2ff; --c1: #ffa033; --c2: #ad87ff; --c3: #6cc66f; --c4: #e0c02e;
          --c5: #33c6d3; --c6: #ff7dbd; --c7: #c9a274; } }
        body { margin: 0 auto; padding: 24px; max-width: 1280px; background: var(--back); color: var(--text);
          font: 14px/1.45 system-ui, sans-serif; }
        h1 { font-size: 20px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 15px; margin: 0 0 8px; overflow-wrap: anywhere; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin: 16px 0;
          overflow-x: auto; }
        p { margin: 4px 0; } .dim { color: var(--dim); } .error { color: var(--error); } .good { color: var(--good); }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th { text-align: left; color: var(--dim); font-weight: 500; } th, td { padding: 3px 18px 3px 0; white-space: nowrap; }
        td.name { max-width: 420px; overflow: hidden; text-overflow: ellipsis; } td.number, th.number { text-align: right; }
        code { font: 12px ui-monospace, monospace; } svg { display: block; min-width: 760px; width: 100%; height: auto; }
        svg text { fill: var(--text); font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; } svg .dim { fill: var(--dim); }
        svg .grid { stroke: var(--line); } svg .tree { stroke: var(--tree); fill: none; }
        svg .row { fill: transparent; } g:hover > .row { fill: var(--line); opacity: .45; } .dot { font-size: 16px; line-height: 1; }
        svg .p50 { stroke: var(--c0); fill: none; stroke-width: 2; } svg .p99 { stroke: var(--c1); fill: none; stroke-width: 2; }
        svg .most { fill: var(--dim); } svg .p50dot { fill: var(--c0); } svg .p99dot { fill: var(--c1); } svg .event { fill: var(--text); }
        """;

    private readonly StringBuilder _page = new();

    public string Render(string title)
    {
        _page.Add($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
            + $"<title>Traces of {Escape(title)}</title>\n<style>{Style}");
        foreach (int color in Enumerable.Range(0, Colors))
            _page.Add($".s{color} {{ fill: var(--c{color}); color: var(--c{color}); }} ");

        _page.Add($".failed, svg .failed {{ fill: var(--error); }}</style></head><body>\n<h1>Traces of {Escape(title)}</h1>\n");
        AddCheck();
        if (log.Traces.Count > 0)
            Section("Latency over time", new LatencyChart(log.Traces).Render());
        if (tree is not null)
            Section($"Trace {tree.Root.TraceId}", TraceLine(tree) + Waterfall(tree));
        AddSlowest();
        AddStatistics();
        return _page.Append("</body></html>\n").ToString();
    }

    /// <summary>Text that XML allows, with what means something to it escaped.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value == '\n' || Words.IsPrintable(rune) ? rune.ToString() : "\u00b7")));

    public static string Fixed(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Section(string title, string content) => _page.Add($"<section><h2>{Escape(title)}</h2>\n{content}</section>\n");

    private void AddCheck()
    {
        TraceLogCheck check = log.Check;
        _page.Append(check.IsComplete
            ? "<p class=\"good\">Complete: nothing shows that a span is missing.</p>\n"
            : "<p class=\"error\">Incomplete: something is missing, or still to come.</p>\n");
        _page.Add($"<p class=\"dim\">{Escape(check.ToString())}</p>\n");
        foreach (GapSummary gap in check.Gaps)
            _page.Add($"<p class=\"error\">{Escape(Words.Of(gap))}</p>\n");
        foreach (LogFault fault in check.Faults)
            _page.Add($"<p class=\"error\">{Escape(fault.ToString())}</p>\n");
    }

    private void AddSlowest()
    {
        StringBuilder rows = new();
        foreach (TraceSummary trace in log.Slowest(slowest))
        {
            rows.Add($"<tr><td class=\"number\">{Words.Of(trace.Duration)}</td>{NameCell(trace.Name)}"
                + $"<td>{ServiceCell(trace.Service)}</td><td class=\"number\">{Words.Of(trace.Spans)}</td>{ErrorCell(trace.Errors)}"
                + $"<td><code>{trace.Id}</code></td><td class=\"dim\">{Words.Of(trace.Start)}</td></tr>\n");
        }

        if (rows.Length > 0)
            Section("Slowest traces", Table("duration# name service spans# errors# trace began_(UTC)", rows));
    }

    private void AddStatistics()
    {
        StringBuilder rows = new();
        foreach (StatisticHistory history in log.Statistics.OrderByDescending(history => history.Latest.Total).Take(MostStatistics))
        {
            LoggedStatistic row = history.Latest;
            rows.Add($"<tr>{NameCell(history.Name)}<td>{ServiceCell(row.ServiceName)}</td><td class=\"dim\">{Words.Of(row.Kind)}</td>"
                + $"<td class=\"number\">{Words.Of(row.Count)}</td>{ErrorCell(row.Errors)}");
            foreach (TimeSpan value in (TimeSpan[])[row.P50, row.P90, row.P95, row.P99, row.Longest])
                rows.Add($"<td class=\"number\">{Words.Of(value)}</td>");
            rows.Add($"<td class=\"dim\">{Words.Of(row.StartTimeUtc)}</td></tr>\n");
        }

        if (rows.Length > 0)
        {
            string titles = "name service kind count# errors# p50# p90# p95# p99# longest# since_(UTC)";
            Section("Statistics: the latest row of each name", Table(titles, rows));
        }
    }

    /// <param name="titles">A word for each column, with a # behind it if it holds numbers.</param>
    /// <param name="rows">The rows.</param>
    private static string Table(string titles, StringBuilder rows) =>
        $"<table><tr>{string.Concat(titles.Split(' ').Select(Title))}</tr>\n{rows}</table>";

    private static string Title(string title) =>
        $"<th{(title.EndsWith('#') ? " class=\"number\"" : "")}>{title.TrimEnd('#').Replace('_', ' ')}</th>";

    private static string NameCell(string name) => $"<td class=\"name\" title=\"{Escape(name)}\">{Escape(name)}</td>";

    private static string ErrorCell(long errors) => $"<td class=\"number {(errors > 0 ? "error" : "dim")}\">{Words.Of(errors)}</td>";

    private string ServiceCell(string service) => $"<span class=\"dot s{ColorOf(service)}\">\u25cf</span> {Escape(service)}";

    private int ColorOf(string service) => Math.Max(0, Array.IndexOf(log.Services, service)) % Colors;

    private string TraceLine(TraceTree trace)
    {
        string errors = trace.Errors == 0 ? "" : $", <span class=\"error\">{Words.Of(trace.Errors, "error")}</span>";
        return $"<p>{Words.Of(trace.Duration)}, {Words.Of(trace.Rows.Count, "span")}{errors}, began {Words.Of(trace.Start)} UTC</p>\n"
            + $"<p>{string.Join(" &#160; ", trace.Services.Select(ServiceCell))}</p>\n";
    }

    private string Waterfall(TraceTree trace)
    {
        TreeRow[] rows = [.. trace.Rows.Take(MostRows)];
        int bottom = Top + (rows.Length * RowHeight);
        StringBuilder svg = new($"<svg viewBox=\"0 0 1200 {bottom + 6}\" role=\"img\">\n");
        for (int tick = 0; tick <= 4; tick++)
        {
            int x = Left + ((Right - Left) * tick / 4);
            svg.Add($"<path class=\"grid\" d=\"M{x} {Top - 4}V{bottom}\"/>"
                + $"<text class=\"dim\" x=\"{x}\" y=\"{Top - 10}\" text-anchor=\"middle\">"
                + $"{(tick == 0 ? "0" : Words.Of(trace.Duration * tick / 4))}</text>\n");
        }

        foreach ((int index, TreeRow row) in rows.Index())
        {
            int y = Top + (index * RowHeight);
            svg.Add($"<g><title>{Escape(Describe(row.Span, trace.Start))}</title>"
                + $"<rect class=\"row\" x=\"0\" y=\"{y}\" width=\"1200\" height=\"{RowHeight}\"/>");
            if (row.Parent >= 0)
                svg.Append(Branch(rows[row.Parent].Depth, row, y));
            svg.Append(Name(row, y)).Append(Bar(trace, row, y)).Append("</g>\n");
        }

        svg.Append("</svg>\n");
        int rest = trace.Rows.Count - rows.Length;
        return rest <= 0 ? svg.ToString() : svg.Add($"<p class=\"dim\">\u2026 and {Words.Of(rest, "span")} more</p>\n").ToString();
    }

    private static string Branch(int parentDepth, TreeRow row, int y)
    {
        int parentY = Top + (row.Parent * RowHeight);
        return $"<path class=\"tree\" d=\"M{IndentOf(parentDepth) + 5} {parentY + 17}V{y + 11}H{IndentOf(row.Depth) + 1}\"/>";
    }

    private string Name(TreeRow row, int y)
    {
        const int PixelsPerCharacter = 8;
        int x = IndentOf(row.Depth);
        string label = row.Span.Name + (row.LacksParent ? " (its parent is not in the log)" : "");
        return $"<circle class=\"s{ColorOf(row.Span.Resource.ServiceName)}\" cx=\"{x + 5}\" cy=\"{y + 11}\" r=\"4\"/>"
            + $"<text class=\"{ClassOf(row)}\" x=\"{x + 14}\" y=\"{y + 15}\">"
            + $"{Escape(Cut(label, (Left - 24 - x) / PixelsPerCharacter))}</text>";
    }

    private string Bar(TraceTree trace, TreeRow row, int y)
    {
        double from = X(row.Span.StartTimeUtc), length = Math.Max(2, X(row.Span.EndTimeUtc) - from);
        IEnumerable<string> events = row.Span.Events.Select(item =>
            $"<circle class=\"event\" cx=\"{Fixed(X(item.TimeUtc))}\" cy=\"{y + 11}\" r=\"2.5\"/>");
        return $"<rect class=\"s{ColorOf(row.Span.Resource.ServiceName)} {ClassOf(row)}\" x=\"{Fixed(from)}\" y=\"{y + 5}\" "
            + $"width=\"{Fixed(length)}\" height=\"12\" rx=\"2\"/>{string.Concat(events)}"
            + $"<text class=\"dim {ClassOf(row)}\" x=\"1196\" y=\"{y + 15}\" text-anchor=\"end\">{Words.Of(row.Span.Duration)}</text>";

        double X(DateTime time) => Left + ((Right - Left) * trace.ShareOf(time));
    }

    private static string ClassOf(TreeRow row) => row.Failed ? "failed" : "fine";

    private static int IndentOf(int depth) => Math.Min(depth, 16) * 13;

    private static string Cut(string text, int room) => TextTable.Fit(Words.Printable(text), Math.Max(1, room));

    private static string Describe(LoggedSpan span, DateTime start)
    {
        StringBuilder text = new($"{Cut(span.Name, 200)}\n{span.Resource.ServiceName}, {Words.Of(span.Kind)}, span {span.SpanId}\n");
        text.Add($"began {Words.Of(span.StartTimeUtc - start).Trim()} into the trace, took {Words.Of(span.Duration).Trim()}\n");
        if (span.Status != ActivityStatusCode.Unset)
            text.Add($"{span.Status}: {Cut(span.StatusDescription, 200)}\n");
        foreach (KeyValuePair<string, object?> attribute in span.Attributes.Take(20))
            text.Add($"{Cut(attribute.Key, 60)} = {Cut(Words.Of(attribute.Value), 120)}\n");
        if (span.Attributes.Count > 20)
            text.Add($"\u2026 and {span.Attributes.Count - 20} more\n");
        foreach (LoggedEvent item in span.Events.Take(10))
            text.Add($"\u2022 {Words.Of(item.TimeUtc - start).Trim()} {Cut(item.Name, 100)}\n");
        return text.ToString().TrimEnd();
    }
}

/// <summary>Percentiles of the durations of traces, in up to 60 steps of time, on a logarithmic scale.</summary>
internal sealed class LatencyChart(IReadOnlyCollection<TraceSummary> traces)
{
    private const int Left = 70;
    private const int Right = 1190;
    private const int Top = 10;
    private const int Bottom = 230;
    private const int ErrorHeight = 30;
    private const int MostSteps = 60;

    private readonly DateTime _start = traces.Min(trace => trace.Start);
    private readonly DateTime _end = traces.Max(trace => trace.Start);
    private readonly double _low = Math.Floor(Math.Log10(Math.Max(1, traces.Min(trace => trace.Duration.Ticks))));
    private readonly double _high = Math.Ceiling(Math.Log10(Math.Max(10, traces.Max(trace => trace.Duration.Ticks))) + 1e-9);

    private TimeSpan Step => TimeSpan.FromTicks(((_end - _start).Ticks / MostSteps) + 1);

    public string Render()
    {
        ILookup<int, TraceSummary> steps = traces.ToLookup(trace => (int)((trace.Start - _start) / Step));
        int[] filled = [.. steps.Select(step => step.Key).Order()];
        StringBuilder svg = new($"<p class=\"dim\">{Words.Of(traces.Count, "trace")}, a point each {Words.Of(Step).Trim()}: "
            + "<span class=\"s0\">p50</span>, <span class=\"s1\">p99</span>, longest (grey), "
            + "<span class=\"error\">traces with errors</span> below</p>\n"
            + $"<svg viewBox=\"0 0 1200 {Bottom + ErrorHeight + 24}\" role=\"img\">\n");
        AddGrid(svg);
        AddLine(svg, "p50", filled, step => Percentile(steps[step], 0.5));
        AddLine(svg, "p99", filled, step => Percentile(steps[step], 0.99));
        int mostErrors = Math.Max(1, steps.Max(step => step.Count(trace => trace.Errors > 0)));
        foreach (int step in filled)
            AddStep(svg, step, [.. steps[step]], mostErrors);

        return svg.Append("</svg>\n").ToString();
    }

    private void AddGrid(StringBuilder svg)
    {
        for (double power = _low; power <= _high; power++)
        {
            string y = Page.Fixed(Y((long)Math.Pow(10, power)));
            svg.Add($"<path class=\"grid\" d=\"M{Left} {y}H{Right}\"/>"
                + $"<text class=\"dim\" x=\"{Left - 8}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{RoundOf(power)}</text>\n");
        }

        int y0 = Bottom + ErrorHeight, below = y0 + 18;
        svg.Add($"<path class=\"grid\" d=\"M{Left} {y0}H{Right}\"/>"
            + $"<text class=\"dim\" x=\"{Left}\" y=\"{below}\">{Words.Of(_start)} UTC</text>"
            + $"<text class=\"dim\" x=\"{Right}\" y=\"{below}\" text-anchor=\"end\">{Words.Of(_end)} UTC</text>\n");
    }

    /// <summary>A line through the steps; where one is empty, it is broken.</summary>
    private void AddLine(StringBuilder svg, string name, int[] filled, Func<int, TimeSpan> value)
    {
        StringBuilder path = new();
        foreach ((int index, int step) in filled.Index())
        {
            string x = Page.Fixed(Middle(step)), y = Page.Fixed(Y(value(step).Ticks));
            path.Append(index > 0 && filled[index - 1] == step - 1 ? 'L' : 'M').Add($"{x} {y}");
            svg.Add($"<circle class=\"{name}dot\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/>");
        }

        svg.Add($"<path class=\"{name}\" d=\"{path}\"/>\n");
    }

    private void AddStep(StringBuilder svg, int step, TraceSummary[] done, int mostErrors)
    {
        double width = (double)(Right - Left) / MostSteps, x = Left + (step * width);
        TimeSpan longest = done.Max(trace => trace.Duration);
        int errors = done.Count(trace => trace.Errors > 0);
        string title = $"from {Words.Of(_start + (Step * step))} UTC\n{Words.Of(done.Length, "trace")}, {Words.Of(errors)} with errors\n"
            + $"p50 {Words.Of(Percentile(done, 0.5))}\np99 {Words.Of(Percentile(done, 0.99))}\nlongest {Words.Of(longest)}";
        svg.Add($"<g><title>{Page.Escape(title)}</title>"
            + $"<rect class=\"row\" x=\"{Page.Fixed(x)}\" y=\"{Top}\" width=\"{Page.Fixed(width)}\" "
            + $"height=\"{Bottom + ErrorHeight - Top}\"/>"
            + $"<circle class=\"most\" cx=\"{Page.Fixed(Middle(step))}\" cy=\"{Page.Fixed(Y(longest.Ticks))}\" r=\"1.5\"/>");
        if (errors > 0)
        {
            double height = Math.Max(2, ErrorHeight * 0.9 * errors / mostErrors);
            svg.Add($"<rect class=\"failed\" x=\"{Page.Fixed(x + 1)}\" y=\"{Page.Fixed(Bottom + ErrorHeight - height)}\" "
                + $"width=\"{Page.Fixed(width - 2)}\" height=\"{Page.Fixed(height)}\"/>");
        }

        svg.Append("</g>\n");
    }

    private static TimeSpan Percentile(IEnumerable<TraceSummary> done, double share)
    {
        TimeSpan[] sorted = [.. done.Select(trace => trace.Duration).Order()];
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    private static double Middle(int step) => Left + ((step + 0.5) * (Right - Left) / MostSteps);

    private double Y(long ticks) => Bottom - ((Math.Log10(Math.Max(1, ticks)) - _low) / (_high - _low) * (Bottom - Top));

    /// <summary>A power of ten of ticks, in the unit where it is a whole number.</summary>
    private static string RoundOf(double power)
    {
        string[] units = ["ns", "\u00b5s", "ms", "s"];
        int exponent = (int)power + 2, unit = Math.Min(exponent / 3, units.Length - 1);
        return $"{Math.Pow(10, exponent - (unit * 3)).ToString("N0", CultureInfo.InvariantCulture)} {units[unit]}";
    }
}

/// <summary>Ten minutes of a shop that never was, written by three logs as three services would.</summary>
internal sealed class Demo : IDisposable
{
    private const int Orders = 400;

    private readonly Random _random = new(7);
    private readonly Dictionary<string, ActivitySource> _sources = [];
    private readonly List<TraceLog> _logs = [];

    private Demo(string folder)
    {
        foreach (string service in (string[])["web", "stock", "payment"])
        {
            ActivitySource source = new($"Demo.{service}", "1.0");
            _sources.Add(service, source);
            _logs.Add(TraceLog.Start(options =>
            {
                options.Directory = folder;
                options.FileNamePrefix = service;
                options.ServiceName = service;
                options.Sources.Add(source.Name);
                options.Overflow = OverflowPolicy.Block;
            }));
        }
    }

    public static string Write()
    {
        string folder = Directory.CreateTempSubdirectory("trace-view-").FullName;
        DateTime start = DateTime.UtcNow - TimeSpan.FromMinutes(10);
        using Demo demo = new(folder);
        for (int order = 0; order < Orders; order++)
            demo.Order(start + TimeSpan.FromSeconds(order * 1.5), isRush: order is > 220 and < 280);

        return folder;
    }

    public void Dispose()
    {
        _logs.ForEach(log => log.Dispose());
        foreach (ActivitySource source in _sources.Values)
            source.Dispose();
    }

    private void Order(DateTime start, bool isRush)
    {
        DemoSpan order = new(_sources["web"], "POST /orders", ActivityKind.Server, default, start);
        DateTime time = order.Do("authorize", ActivityKind.Internal, start + Some(0.2), Some(0.4));
        time = Reserve(order, time + Some(0.3), isRush);
        time = Pay(order, time + Some(0.3), out bool declined);
        time = order.Do("render", ActivityKind.Internal, time + Some(0.2), Some(1.5));
        order.End(time + Some(0.3), declined ? "the payment was declined" : null, ("http.response.status_code", declined ? 402 : 201));
    }

    private DateTime Reserve(DemoSpan order, DateTime time, bool isRush)
    {
        DemoSpan call = order.Child("POST stock", ActivityKind.Client, time);
        DemoSpan reserve = new(_sources["stock"], "POST /reservations", ActivityKind.Server, call.Remote, time += Some(0.4));
        for (int item = _random.Next(1, 5); item > 0; item--)
        {
            DateTime end = time + Some(isRush ? 40 : 4);
            DemoSpan query = reserve.Child("SELECT stock", ActivityKind.Client, time + Some(0.1));
            query.End(end, null, ("db.system", "postgresql"), ("db.statement", "SELECT amount FROM stock WHERE id = $1 FOR UPDATE"));
            time = end;
        }

        reserve.End(time += Some(0.3), null, ("rush", isRush));
        call.End(time += Some(0.4), null, ("server.address", "stock"));
        return time;
    }

    private DateTime Pay(DemoSpan order, DateTime time, out bool declined)
    {
        declined = _random.Next(25) == 0;
        string? error = declined ? "card declined" : null;
        DemoSpan call = order.Child("POST payment", ActivityKind.Client, time);
        DemoSpan charge = new(_sources["payment"], "POST /charges", ActivityKind.Server, call.Remote, time += Some(0.5));
        time = charge.Do("check fraud", ActivityKind.Internal, time + Some(0.2), Some(6));
        time = charge.Do("bank", ActivityKind.Client, time + Some(0.2), Some(_random.Next(40) == 0 ? 400 : 25), error);
        charge.End(time += Some(0.4), error, ("card", "visa"));
        call.End(time += Some(0.5), error);
        return time;
    }

    /// <summary>About so many milliseconds: mostly less, sometimes much more.</summary>
    private TimeSpan Some(double milliseconds) => TimeSpan.FromMilliseconds(-milliseconds * Math.Log(1 - _random.NextDouble()));
}

/// <summary>A span whose times are made up.</summary>
internal sealed class DemoSpan
{
    private readonly ActivitySource _source;
    private readonly Activity _activity;

    public DemoSpan(ActivitySource source, string name, ActivityKind kind, ActivityContext parent, DateTime start)
    {
        _source = source;
        _activity = source.CreateActivity(name, kind, parent)!.SetStartTime(start).Start();
    }

    /// <summary>What another process gets to know of this span.</summary>
    public ActivityContext Remote => new(_activity.TraceId, _activity.SpanId, _activity.ActivityTraceFlags, isRemote: true);

    public DemoSpan Child(string name, ActivityKind kind, DateTime start) => new(_source, name, kind, _activity.Context, start);

    /// <summary>A child that does one thing.</summary>
    /// <returns>The time afterwards.</returns>
    public DateTime Do(string name, ActivityKind kind, DateTime start, TimeSpan duration, string? error = null)
    {
        Child(name, kind, start).End(start + duration, error);
        return start + duration;
    }

    public void End(DateTime end, string? error, params (string Key, object Value)[] tags)
    {
        foreach ((string key, object value) in tags)
            _activity.SetTag(key, value);

        if (error is not null)
        {
            _activity.SetStatus(ActivityStatusCode.Error, error);
            _activity.AddEvent(new ActivityEvent("exception", end, new ActivityTagsCollection { ["exception.message"] = error }));
        }

        _activity.SetEndTime(end).Stop();
    }
}
