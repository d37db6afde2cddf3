using Ring.Core;

namespace Ring.Tests.Waiting;

[TestFixture]
public class DeadlineTests
{
    [Test]
    public void A_deadline_ahead_has_not_passed_and_leaves_at_most_its_time()
    {
        Deadline deadline = Deadline.After(TimeSpan.FromHours(1));

        Assert.Multiple(() =>
        {
            Assert.That(deadline.HasPassed, Is.False);
            Assert.That(deadline.RemainingMilliseconds, Is.InRange(1, 3_600_000));
        });
    }

    [Test]
    public void A_deadline_now_has_passed()
    {
        Deadline deadline = Deadline.After(TimeSpan.Zero);

        Assert.Multiple(() =>
        {
            Assert.That(deadline.HasPassed, Is.True);
            Assert.That(deadline.RemainingMilliseconds, Is.Zero);
        });
    }

    [Test]
    public void An_infinite_time_never_passes()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Deadline.After(Timeout.InfiniteTimeSpan).HasPassed, Is.False);
            Assert.That(Deadline.Never.RemainingMilliseconds, Is.EqualTo(Timeout.Infinite));
        });
    }
}
