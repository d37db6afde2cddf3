using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ring.Tracing;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Ring.Tests.Tracing;

/// <summary>Whatever the clock does between spans, the rows of all intervals come to what was fed.</summary>
[TestFixture]
public sealed class StatisticLogProperties
{
    private static readonly Gen<Action<ManualClock, StatisticLog>> Clocks = Gen.OneOf(
        Gen.Choose(0, 100).Select(Advance),
        Gen.Choose(1, 400).Select(Advance),
        Gen.Choose(-7200, 7200).Select(Step));

    private SpanSource _source = null!;
    private SpanEvent[] _spans = null!;

    [SetUp]
    public void MakeSpans()
    {
        _source = new SpanSource();
        _spans =
        [
            _source.Capture(name: "a"),
            _source.Capture(activity => activity.SetStatus(ActivityStatusCode.Error), "a"),
            _source.Capture(activity => activity.AddBaggage("mark", "T"), "a"),
            _source.Capture(activity => activity.SetEndTime(activity.StartTimeUtc.AddHours(1)), "b"),
            _source.Capture(name: "c"),
        ];
    }

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Property(MaxTest = 200)]
    public Property The_rows_of_all_intervals_come_to_what_was_fed() =>
        Prop.ForAll(Runs(), run => Totals(run.Rows) == (run.Fed.Count, run.Fed.Count(IsError), run.Fed.Count(IsLoadTest), Ticks(run.Fed)));

    [Property(MaxTest = 200)]
    public Property Intervals_end_after_they_began_and_before_the_next_begins() => Prop.ForAll(Runs(), run =>
    {
        (DateTime Start, DateTime End)[] intervals = [.. run.Rows.Select(row => (Time(row, "start"), Time(row, "end"))).Distinct()];
        return Array.TrueForAll(intervals, interval => interval.Start < interval.End)
            && intervals.Zip(intervals.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
    });

    [Property(MaxTest = 200)]
    public Property Aligned_intervals_begin_at_multiples_and_only_the_last_may_end_elsewhere() => Prop.ForAll(Runs(), run =>
    {
        DateTime[] starts = [.. run.Rows.Select(row => Time(row, "start")).Distinct()];
        DateTime[] ends = [.. run.Rows.Select(row => Time(row, "end")).Distinct()];
        return !run.IsAligned || (starts.Skip(1).All(IsMultiple) && ends.SkipLast(1).All(IsMultiple));
    });

    private static bool IsMultiple(DateTime time) => time.TimeOfDay.Ticks % TimeSpan.TicksPerMinute == 0;

    private static bool IsError(SpanEvent span) => span.Status == ActivityStatusCode.Error;

    private static bool IsLoadTest(SpanEvent span) => span.IsLoadTest;

    private static long Ticks(IEnumerable<SpanEvent> spans) => spans.Sum(span => span.DurationTicks);

    private static DateTime Time(JsonElement row, string member) => row.GetProperty(member).GetDateTime();

    private static Action<ManualClock, StatisticLog> Advance(int seconds) =>
        (clock, _) => clock.Advance(TimeSpan.FromSeconds(seconds + 0.1));

    private static Action<ManualClock, StatisticLog> Step(int seconds) => (clock, _) => clock.Step(TimeSpan.FromSeconds(seconds));

    private static (int Count, int Errors, int LoadTests, long Ticks) Totals(List<JsonElement> rows)
    {
        long ticks = rows.Sum(row => (long)(row.GetProperty("totalMs").GetDecimal() * TimeSpan.TicksPerMillisecond));
        int loadTests = rows.Where(row => row.GetProperty("loadTest").GetBoolean()).Sum(row => row.GetProperty("count").GetInt32());
        return (Sum("count"), Sum("errors"), loadTests, ticks);

        int Sum(string member) => rows.Sum(row => row.GetProperty(member).GetInt32());
    }

    /// <summary>What happens in turn: spans, looks whether the interval is over, and clocks that move.</summary>
    private Arbitrary<Run> Runs()
    {
        Gen<Action<ManualClock, StatisticLog>> looks = Gen.Constant<Action<ManualClock, StatisticLog>>((_, log) => log.WriteIfDue());
        Gen<(Action<ManualClock, StatisticLog>? Act, SpanEvent? Span)> steps = Gen.Frequency(
            (4, Gen.Elements(_spans).Select(span => ((Action<ManualClock, StatisticLog>?)null, (SpanEvent?)span))),
            (4, looks.Select(act => ((Action<ManualClock, StatisticLog>?)act, (SpanEvent?)null))),
            (2, Clocks.Select(act => ((Action<ManualClock, StatisticLog>?)act, (SpanEvent?)null))));
        return steps.ListOf().Zip(Gen.Elements(false, true)).Select(input => Play([.. input.Item1], input.Item2)).ToArbitrary();
    }

    private static Run Play((Action<ManualClock, StatisticLog>? Act, SpanEvent? Span)[] steps, bool isAligned)
    {
        using TempFolder folder = new();
        ManualClock clock = new();
        clock.Advance(TimeSpan.FromSeconds(17));
        using RollingFile file = new(new FileNaming(folder.Root, "spans", ".stat.ndjson"), 1_000_000, DiskFileOpener.Instance, clock);
        StatisticOptions options = new() { Align = isAligned, MaxKeys = 2 };
        StatisticLog log = new("shop", options, new LineWriter(file, clock), clock);
        foreach ((Action<ManualClock, StatisticLog>? act, SpanEvent? span) in steps)
        {
            act?.Invoke(clock, log);
            if (span is not null)
                log.Add(span);
        }

        log.Finish();
        string[] lines = [.. file.Paths.SelectMany(path => Encoding.UTF8.GetString(OtlpReader.ReadShared(path)).TrimEnd('\n').Split('\n'))];
        return new Run(
            [.. steps.Select(step => step.Span).OfType<SpanEvent>()],
            [.. lines.Select(line => JsonDocument.Parse(line).RootElement.Clone())],
            isAligned);
    }

    private sealed record Run(List<SpanEvent> Fed, List<JsonElement> Rows, bool IsAligned);
}
