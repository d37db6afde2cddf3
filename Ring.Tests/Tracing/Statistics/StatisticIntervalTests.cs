using System.Globalization;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class StatisticIntervalTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ManualClock _clock = null!;

    [SetUp]
    public void MakeClock() => _clock = new ManualClock();

    [Test]
    public void Without_alignment_an_interval_begins_when_the_log_does_and_lasts_as_long_as_it_should()
    {
        _clock.Advance(TimeSpan.FromSeconds(17));
        StatisticInterval interval = new(Minute, isAligned: false, _clock);
        DateTime start = _clock.UtcNow;

        Assert.Multiple(() =>
        {
            Assert.That(interval.StartUtc, Is.EqualTo(start));
            Assert.That(Over(interval, Minute - TimeSpan.FromTicks(1)), Is.False);
            Assert.That(Over(interval, TimeSpan.FromTicks(1)), Is.True);
            Assert.That(interval.Next(), Is.EqualTo(start + Minute));
            Assert.That(interval.StartUtc, Is.EqualTo(start + Minute));
        });
    }

    [Test]
    public void The_first_aligned_interval_is_short()
    {
        _clock.Advance(TimeSpan.FromSeconds(17));
        StatisticInterval interval = new(Minute, isAligned: true, _clock);

        Assert.Multiple(() =>
        {
            Assert.That(interval.StartUtc, Is.EqualTo(At("01:30:17")));
            Assert.That(Over(interval, TimeSpan.FromSeconds(42)), Is.False);
            Assert.That(Over(interval, TimeSpan.FromSeconds(1)), Is.True);
            Assert.That(interval.Next(), Is.EqualTo(At("01:31:00")));
        });
    }

    [Test]
    public void Aligned_intervals_begin_at_multiples_even_when_the_drain_is_late()
    {
        StatisticInterval interval = new(Minute, isAligned: true, _clock);
        _clock.Advance(TimeSpan.FromSeconds(60.037));

        Assert.Multiple(() =>
        {
            Assert.That(interval.Next(), Is.EqualTo(At("01:31:00")));
            Assert.That(interval.StartUtc, Is.EqualTo(At("01:31:00")));
            Assert.That(Over(interval, TimeSpan.FromSeconds(59.962)), Is.False);
            Assert.That(Over(interval, TimeSpan.FromSeconds(0.001)), Is.True);
        });
    }

    [Test]
    public void An_interval_of_a_process_that_was_asleep_is_as_long_as_the_sleep()
    {
        StatisticInterval interval = new(Minute, isAligned: true, _clock);
        _clock.Advance(TimeSpan.FromMinutes(5.5));

        Assert.Multiple(() =>
        {
            Assert.That(interval.Next(), Is.EqualTo(At("01:35:00")));
            Assert.That(interval.StartUtc, Is.EqualTo(At("01:35:00")));
        });
    }

    [Test]
    public void Aligned_intervals_that_do_not_divide_the_day_begin_anew_at_midnight()
    {
        TimeSpan length = TimeSpan.FromMinutes(7);
        _clock.Advance(TimeSpan.FromHours(22.5) - TimeSpan.FromMinutes(1));
        StatisticInterval interval = new(length, isAligned: true, _clock);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Multiple(() =>
        {
            Assert.That(interval.IsOver, Is.True);
            Assert.That(interval.Next(), Is.EqualTo(At("00:00:00").AddDays(1)));
            Assert.That(interval.StartUtc, Is.EqualTo(At("00:00:00").AddDays(1)));
        });
    }

    [Test]
    public void A_step_forward_leaves_a_gap()
    {
        StatisticInterval interval = new(Minute, isAligned: true, _clock);
        _clock.Step(TimeSpan.FromHours(1));
        _clock.Advance(Minute);

        Assert.Multiple(() =>
        {
            Assert.That(interval.Next(), Is.EqualTo(At("01:31:00")));
            Assert.That(interval.StartUtc, Is.EqualTo(At("02:31:00")));
        });
    }

    [Test]
    public void After_a_step_back_the_intervals_take_longer_until_the_clock_has_caught_up()
    {
        StatisticInterval interval = new(Minute, isAligned: true, _clock);
        _clock.Step(TimeSpan.FromSeconds(-90));
        _clock.Advance(Minute);
        Assert.That(interval.Next(), Is.EqualTo(At("01:31:00")));
        List<(int Second, DateTime End)> ends = [];
        for (int second = 1; second <= 300; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (interval.IsOver)
                ends.Add((second, interval.Next()));
        }

        Assert.Multiple(() =>
        {
            Assert.That(ends, Is.EqualTo([(120, At("01:32:00")), (210, At("01:33:00")), (270, At("01:34:00"))]));
            Assert.That(_clock.UtcNow, Is.EqualTo(At("01:34:30")));
        });
    }

    [Test]
    public void An_interval_that_is_ended_at_once_still_has_a_length()
    {
        StatisticInterval interval = new(Minute, isAligned: false, _clock);

        Assert.That(interval.Next(), Is.EqualTo(_clock.UtcNow.AddTicks(1)));
    }

    private bool Over(StatisticInterval interval, TimeSpan later)
    {
        _clock.Advance(later);
        return interval.IsOver;
    }

    private DateTime At(string time) =>
        _clock.UtcNow.Date.AddDays(_clock.UtcNow.Day == 21 ? 0 : -1) + TimeSpan.Parse(time, CultureInfo.InvariantCulture);
}
