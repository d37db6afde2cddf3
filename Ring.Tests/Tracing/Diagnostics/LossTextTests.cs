using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class LossTextTests
{
    private static readonly TraceLogCounts Mixed = CountsOf(ringFull: 2);

    [Test]
    public void No_reason_is_forgotten_and_none_counts_twice() =>
        Assert.That(LossReasons.All.Sum(Mixed.DiscardedFor), Is.EqualTo(Mixed.Discarded).And.EqualTo(77));

    [Test]
    public void Each_reason_has_a_name_and_a_count_of_its_own() => Assert.Multiple(() =>
    {
        Assert.That(LossReasons.All, Is.EquivalentTo(Enum.GetValues<LossReason>()));
        Assert.That(LossReasons.All.Select(LossReasons.NameOf), Is.Unique);
        Assert.That(LossReasons.All.Select(Mixed.DiscardedFor), Is.Unique);
    });

    [Test]
    public void A_reason_that_is_none_is_refused() =>
        Assert.That(() => Mixed.DiscardedFor((LossReason)99), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Only_what_happened_in_between_is_described() =>
        Assert.That(LossText.Describe(Mixed, CountsOf(ringFull: 14)), Is.EqualTo("queue_full 12"));

    private static TraceLogCounts CountsOf(long ringFull)
    {
        DrainedCounts drained = new() { Written = 100, WriteFailed = 7, EncodeFailed = 11, Abandoned = 13 };
        return new TraceLogCounts(
            claimed: 1000,
            reason => reason switch
            {
                LossReason.RingFull => ringFull,
                LossReason.LowPriority => 3,
                LossReason.BlockTimedOut => 5,
                LossReason.NotW3C => 17,
                _ => 19,
            },
            in drained,
            filesCreated: 1);
    }
}
