using Ring.Core;

namespace Ring.Tests.Processing;

[TestFixture]
public sealed class HeadStartTests
{
    private const int BufferSize = 65_536;

    [Test]
    public void Events_that_come_alone_are_no_flow()
    {
        Func<int, bool> isDueAfter = InFlow(batches: 0);
        for (int i = 0; i < 1_000; i++)
            _ = isDueAfter(1);

        Assert.That(isDueAfter(8), Is.False);
    }

    [Test]
    public void Producers_get_a_head_start_from_the_128th_event_of_a_flow() =>
        Assert.That(Enumerable.Repeat(8, 20).TakeWhile(IsNotDue(InFlow(batches: 0))).Count(), Is.EqualTo(15));

    [Test]
    public void Bursts_that_are_found_whole_add_up_to_a_flow() =>
        Assert.That(Enumerable.Repeat(32, 20).TakeWhile(IsNotDue(InFlow(batches: 0))).Count(), Is.EqualTo(3));

    [Test]
    public void In_a_flow_producers_get_a_head_start([Values(8, 100, 511)] int events) =>
        Assert.That(InFlow(batches: 16)(events), Is.True);

    [Test]
    public void A_thin_flow_is_not_waited_for([Range(1, 7)] int events) =>
        Assert.That(InFlow(batches: 16)(events), Is.False);

    [Test]
    public void A_large_batch_has_paid_for_its_look([Values(512, 65_536)] int events) =>
        Assert.That(InFlow(batches: 16)(events), Is.False);

    [TestCase(2, true)]
    [TestCase(3, false)]
    public void Three_events_that_come_alone_end_a_flow(int alone, bool isDue)
    {
        Func<int, bool> isDueAfter = InFlow(batches: 1_000);
        for (int i = 0; i < alone; i++)
            Assert.That(isDueAfter(1), Is.False);

        Assert.That(isDueAfter(8), Is.EqualTo(isDue));
    }

    [Test]
    public void Short_bursts_that_begin_with_an_event_alone_are_no_flow()
    {
        Func<int, bool> isDueAfter = InFlow(batches: 0);

        for (int burst = 0; burst < 1_000; burst++)
            Assert.That(new[] { 1, 8, 8, 8, 8 }.Any(isDueAfter), Is.False);
    }

    [TestCase(64, 16)]
    [TestCase(1024, 256)]
    public void Producers_that_have_filled_a_quarter_of_the_ring_are_ahead_already(int bufferSize, int quarter) =>
        Assert.That(InFlow(batches: 16, bufferSize)(quarter), Is.False);

    [Test]
    public void A_small_ring_never_waits([Range(1, 16)] int events) =>
        Assert.That(InFlow(batches: 16, bufferSize: 16)(events), Is.False);

    private static Func<int, bool> IsNotDue(Func<int, bool> isDueAfter) => events => !isDueAfter(events);

    /// <summary>Asks after so many batches of eight.</summary>
    private static Func<int, bool> InFlow(int batches, int bufferSize = BufferSize)
    {
        HeadStart headStart = new(bufferSize);
        for (int i = 0; i < batches; i++)
            _ = headStart.IsDueAfter(8);

        return events => headStart.IsDueAfter(events);
    }
}
