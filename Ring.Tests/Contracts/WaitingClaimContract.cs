using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>Claims that wait for a time, or until they are cancelled, for each producer type and kind of event.</summary>
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(StructEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(StructEvent) })]
public class WaitingClaimContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Size = 4;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private RingBuffer<T> _ring = null!;
    private Sequence _gating = null!;

    [SetUp]
    public void CreateRing()
    {
        _ring = RingBuffer.Create(producerType, () => new T(), Size);
        _gating = _ring.AddGatingSequence();
    }

    [Test]
    public void Where_there_is_room_all_claims_are_alike()
    {
        using CancellationTokenSource source = new();

        Assert.That(_ring.Next(source.Token), Is.Zero);
        Assert.That(_ring.Next(1, source.Token), Is.EqualTo(1));
        Assert.That(_ring.TryNext(TimeSpan.Zero, out long sequence), Is.True);
        Assert.That(sequence, Is.EqualTo(2));
        Assert.That(_ring.TryNext(1, Timeout.InfiniteTimeSpan, out long hi, source.Token), Is.True);
        Assert.That(hi, Is.EqualTo(3));
    }

    [Test]
    public void Scopes_can_wait_for_a_time_and_until_they_are_cancelled()
    {
        using CancellationTokenSource source = new();

        using (PublishingScope<T> scope = _ring.PublishEvent(source.Token))
            scope.Commit();
        Assert.That(_ring.TryPublishEvent(Moment, out PublishingScope<T> second), Is.True);
        second.Commit();
        using (PublishingBatch<T> batch = _ring.PublishEvents(1, source.Token))
            batch.Commit();
        Assert.That(_ring.TryPublishEvents(1, Moment, out PublishingBatch<T> last), Is.True);
        last.Commit();

        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(Size - 1));
        Assert.That(_ring.TryPublishEvent(Moment, out _), Is.False);
        Assert.That(_ring.TryPublishEvents(1, Moment, out _), Is.False);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(20)]
    public void A_claim_whose_time_is_over_claims_nothing(int milliseconds)
    {
        _ring.PublishMany(Size - 1);

        Assert.That(_ring.TryNext(2, TimeSpan.FromMilliseconds(milliseconds), out _), Is.False);

        AssertThatTheNextClaimIs(Size - 1);
    }

    [Test]
    public void A_claim_whose_time_is_not_over_goes_on_when_a_consumer_moves()
    {
        _ring.PublishMany(Size);
        long claimed = -1;
        Background producer = Background.Run(() => Assert.That(_ring.TryNext(2, Eventually.Deadline, out claimed), Is.True));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        _gating.Set(0);
        Assert.That(producer.HasEnded, Is.False, "there is room for one, not for two");
        _gating.Set(1);

        producer.Join();
        Assert.That(claimed, Is.EqualTo(Size + 1));
    }

    [Test]
    public void A_claim_that_is_cancelled_while_it_waits_claims_nothing([Range(0, 5)] int entry)
    {
        _ring.PublishMany(Size);
        using CancellationTokenSource source = new();
        OperationCanceledException? cancelled = null;
        Background producer = Background.Run(() =>
            cancelled = Assert.Catch<OperationCanceledException>(() => Entries(source.Token)[entry]()));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        source.Cancel();

        producer.Join();
        Assert.That(cancelled!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(_ring.RemainingCapacity, Is.Zero);
        _gating.Set(Size - 1);
        AssertThatTheNextClaimIs(Size);
    }

    [Test]
    public void A_token_that_is_cancelled_already_refuses_also_where_there_is_room()
    {
        CancellationToken cancelled = new(canceled: true);

        foreach (Action entry in Entries(cancelled))
            Assert.That(entry, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancelled));

        AssertThatTheNextClaimIs(0);
    }

    [Test]
    public void A_cancellation_after_the_claim_is_none()
    {
        using CancellationTokenSource source = new();
        _ring.PublishMany(Size);
        Background producer = Background.Run(() => _ring.Publish(_ring.Next(source.Token)));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");
        _gating.Set(0);
        producer.Join();

        source.Cancel();

        Assert.That(_ring.IsAvailable(Size), Is.True);
    }

    [Test]
    public void A_claim_of_a_closed_ring_is_refused_with_the_cause_however_it_waits()
    {
        InvalidDataException cause = new("why");
        _ring.Close(cause);
        using CancellationTokenSource source = new();

        foreach (Action entry in Entries(source.Token).Append(() => _ring.TryNext(Moment, out _)))
            Assert.That(entry, Throws.InstanceOf<RingClosedException>().With.InnerException.SameAs(cause));
    }

    [Test]
    public void Closing_wakes_a_claim_with_a_timeout()
    {
        _ring.PublishMany(Size);
        Background producer = Background.Run(() =>
            Assert.Throws<RingClosedException>(() => _ring.TryNext(Eventually.Deadline, out _)));
        Eventually.Holds(() => producer.IsAsleep, "it sleeps");

        _ring.Close();

        producer.Join();
    }

    [Test]
    public void A_timeout_out_of_range_is_refused_at_every_entry()
    {
        foreach (double milliseconds in new[] { -2, -0.5, 1.0 + int.MaxValue })
        {
            TimeSpan timeout = TimeSpan.FromMilliseconds(milliseconds);
            Action[] entries =
            [
                () => _ring.TryNext(timeout, out _),
                () => _ring.TryNext(1, timeout, out _),
                () => _ring.TryPublishEvent(timeout, out _),
                () => _ring.TryPublishEvents(1, timeout, out _),
            ];
            foreach (Action entry in entries)
            {
                var exception = Assert.Throws<ArgumentOutOfRangeException>(() => entry())!;
                Assert.That((exception.ParamName, exception.ActualValue), Is.EqualTo(("timeout", timeout)));
            }
        }

        AssertThatTheNextClaimIs(0);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(Size + 1)]
    public void A_number_out_of_range_is_refused_at_every_entry(int n)
    {
        Action[] entries =
        [
            () => _ring.Next(n, CancellationToken.None),
            () => _ring.TryNext(n, Moment, out _),
            () => _ring.PublishEvents(n).Dispose(),
            () => _ring.PublishEvents(n, CancellationToken.None).Dispose(),
            () => _ring.TryPublishEvents(n, out _),
            () => _ring.TryPublishEvents(n, Moment, out _),
        ];
        foreach (Action entry in entries)
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => entry())!;
            Assert.That((exception.ParamName, exception.ActualValue), Is.EqualTo(("n", n)));
        }

        AssertThatTheNextClaimIs(0);
    }

    [Test]
    public void Nothing_is_allocated_where_there_is_room()
    {
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;

        Assert.That(Allocations.Of(() => PublishInAllWays(token)), Is.Zero);
    }

    private void PublishInAllWays(CancellationToken token)
    {
        for (int i = 0; i < 100; i++)
        {
            _ring.Publish(_ring.Next(token));
            if (_ring.TryNext(1, Eventually.Deadline, out long hi, token))
                _ring.Publish(hi);
            using (PublishingBatch<T> batch = _ring.PublishEvents(2, token))
                batch.Commit();
            _gating.Set(_ring.Cursor);
        }
    }

    private Action[] Entries(CancellationToken token) =>
    [
        () => _ring.Next(token),
        () => _ring.Next(2, token),
        () => _ring.TryNext(Timeout.InfiniteTimeSpan, out _, token),
        () => _ring.TryNext(2, Eventually.Deadline, out _, token),
        () => _ring.PublishEvent(token).Dispose(),
        () => _ring.PublishEvents(2, token).Dispose(),
    ];

    private void AssertThatTheNextClaimIs(long sequence)
    {
        Assert.That(_ring.PublishNext(), Is.EqualTo(sequence));
        Assert.That(_ring.NewBarrier().HighestAvailable(_gating.Value + 1), Is.EqualTo(sequence), "there is no hole");
    }
}
