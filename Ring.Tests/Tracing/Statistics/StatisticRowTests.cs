using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class StatisticRowTests
{
    private static readonly DateTime First = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).AddTicks(1);

    private SpanSource _source = null!;

    [SetUp]
    public void MakeSource() => _source = new SpanSource();

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Test]
    public void Errors_have_a_sum_of_their_own()
    {
        StatisticRow row = new(isLoadTest: false);
        row.Add(Span(10));
        row.Add(Span(7, ActivityStatusCode.Error));

        Assert.That((row.Count, row.Errors, row.TotalTicks, row.ErrorTicks), Is.EqualTo((2, 1, 17, 7)));
    }

    [Test]
    public void A_cleared_row_is_as_a_new_one()
    {
        StatisticRow row = new(isLoadTest: false);
        row.Add(Span(7, ActivityStatusCode.Error));
        row.Clear();

        Assert.Multiple(() =>
        {
            Assert.That((row.Count, row.Errors, row.TotalTicks, row.ErrorTicks), Is.EqualTo((0, 0, 0, 0)));
            Assert.That((row.MinTicks, row.MaxTicks, row.Percentile(50)), Is.EqualTo((0, 0, 0)));
            Assert.That(row.SlowestTrace, Is.EqualTo(default(ActivityTraceId)));
        });
    }

    [Test]
    public void Durations_that_come_to_more_than_there_are_numbers_do_not_become_negative()
    {
        SpanEvent ages = Span(DateTime.MaxValue.Ticks - 1, ActivityStatusCode.Error);
        StatisticRow row = new(isLoadTest: false);
        for (int i = 0; i < 5; i++)
            row.Add(ages);

        Assert.That((row.TotalTicks, row.ErrorTicks, row.Count), Is.EqualTo((long.MaxValue, long.MaxValue, 5)));
    }

    [Test]
    public void A_percentile_is_never_outside_the_durations_that_were_seen()
    {
        StatisticRow row = new(isLoadTest: false);
        row.Add(Span(1_000_000));

        Assert.That(row.Percentile(50), Is.EqualTo(1_000_000));
    }

    private SpanEvent Span(long ticks, ActivityStatusCode status = ActivityStatusCode.Unset) => _source.Capture(activity =>
    {
        activity.SetStartTime(First);
        activity.SetEndTime(First.AddTicks(ticks));
        activity.SetStatus(status);
    });
}
