using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class DiscardReasonTests
{
    private static readonly TraceLogCounts Mixed = CountsOf(new OfferedCounts(1000, 2, 3, 5));

    [Test]
    public void No_reason_is_forgotten_and_none_counts_twice() =>
        Assert.That(DiscardReason.All.Sum(reason => reason.CountOf(Mixed)), Is.EqualTo(Mixed.Discarded).And.EqualTo(41));

    [Test]
    public void Each_reason_has_a_name_and_a_count_of_its_own() => Assert.Multiple(() =>
    {
        Assert.That(DiscardReason.All.Select(reason => reason.Name), Is.Unique);
        Assert.That(DiscardReason.All.Select(reason => reason.CountOf(Mixed)), Is.Unique);
    });

    [Test]
    public void Only_what_happened_in_between_is_described() =>
        Assert.That(
            DiscardReason.Describe(Mixed, CountsOf(new OfferedCounts(1000, 14, 3, 6))),
            Is.EqualTo("queue_full 12, not_w3c 1"));

    private static TraceLogCounts CountsOf(OfferedCounts offered)
    {
        DrainedCounts drained = new() { Written = 100, WriteFailed = 7, EncodeFailed = 11, Abandoned = 13 };
        return new TraceLogCounts(in offered, in drained, filesCreated: 1);
    }
}
