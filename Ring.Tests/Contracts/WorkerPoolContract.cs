using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>What a pool does with every strategy, each kind of producer, and events of classes and of structs.</summary>
[TestFixtureSource(typeof(Matrix), nameof(Matrix.WaitStrategiesAndProducerTypes))]
public class WorkerPoolContract(WaitStrategyKind kind, ProducerType producerType)
{
    [Test]
    public void Each_event_goes_to_exactly_one_worker([Values(1, 2, 64)] int size)
    {
        Verify<ClassEvent>(size);
        Verify<StructEvent>(size);

        void Verify<T>(int size)
            where T : ITestEvent, new()
        {
            using PoolFixture<T> fixture = CreateFixture<T>(size, workers: 3);
            int producers = producerType == ProducerType.Single ? 1 : 2;
            int events = Events(size) / producers;
            fixture.Start();

            Background.Join(Background.Run(producers, _ => fixture.Ring.PublishMany(events)));

            Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
            fixture.MustHaveHandled(producers * events);
        }
    }

    [Test]
    public void A_halt_ends_workers_that_wait()
    {
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 2, workers: 2);
        fixture.Start();
        Eventually.Holds(() => fixture.Workers.All(worker => worker.Starts == 1), "they run");

        fixture.Pool.Halt();

        fixture.MustEnd();
        Assert.That(fixture.Workers.Select(worker => worker.Shutdowns), Is.All.EqualTo(1));
    }

    [Test]
    public void Halts_at_any_moment_lose_and_double_nothing() => HaltAgainAndAgain(rounds: kind is WaitStrategyKind.BusySpin ? 10 : 20);

    [Test, Explicit("Takes long")]
    public void Halts_at_any_of_ten_thousand_moments_lose_and_double_nothing() => HaltAgainAndAgain(rounds: 10_000);

    [Test]
    public void What_is_left_by_a_halt_is_handled_after_the_restart()
    {
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 64, workers: 2);
        for (int run = 1; run <= 10; run++)
        {
            fixture.Ring.PublishMany(3);
            fixture.Start();
            Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
            fixture.MustHaveHandled(3 * run);
        }

        Assert.That(fixture.Workers.Sum(worker => worker.Starts), Is.GreaterThanOrEqualTo(10));
        Assert.That(fixture.Workers.Select(worker => worker.Starts - worker.Shutdowns), Is.All.Zero);
    }

    [Test]
    public void A_worker_that_waits_holds_up_nobody()
    {
        using ManualResetEventSlim go = new();
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 2, workers: 2);
        RecordingWorker<ClassEvent> busy = fixture.Workers[0], idle = fixture.Workers[1];
        busy.BeforeEvent = _ => go.Wait(Eventually.Deadline);
        idle.BeforeEvent = _ => go.Wait(Eventually.Deadline);
        fixture.Start();
        fixture.Ring.PublishMany(2);
        go.Set();

        fixture.Ring.PublishMany(Events(2));

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        fixture.MustHaveHandled(2 + Events(2));
    }

    [Test]
    public void A_slot_that_was_published_again_since_does_not_keep_a_worker_waiting()
    {
        RingBuffer<ClassEvent> ring = CreateRing<ClassEvent>(size: 2);
        Sequence others = ring.AddGatingSequence();
        SequenceBarrier barrier = ring.NewBarrier();
        ring.PublishMany(2);
        others.Set(1);
        ring.PublishNext();

        Assert.That(barrier.HighestAvailable(0), Is.GreaterThanOrEqualTo(0));
        Assert.That(barrier.HighestAvailable(3), Is.LessThan(3));
    }

    [Test]
    public void Events_that_were_given_up_go_to_nobody()
    {
        using PoolFixture<StructEvent> fixture = CreateFixture<StructEvent>(size: 4, workers: 2);
        fixture.Start();
        for (int i = 0; i < 20; i++)
        {
            fixture.Ring.PublishNext();
            PublishingScope<StructEvent> scope = fixture.Ring.PublishEvent();
            scope.Dispose();
        }

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        Assert.That(fixture.Handled, Is.EqualTo(Enumerable.Range(0, 20).Select(i => 2L * i)));
    }

    [Test]
    public void A_stage_behind_a_pool_sees_each_event_once_in_order_and_after_its_worker()
    {
        RecordingHandler<ClassEvent> behind = new();
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 4, workers: 2);
        RingBuffer<ClassEvent> ring = fixture.Ring;
        BatchEventProcessor<ClassEvent> stage = new(ring, ring.NewBarrier([.. fixture.Pool.Sequences]), behind);
        ring.AddGatingSequences(stage.Sequence);
        foreach (RecordingWorker<ClassEvent> worker in fixture.Workers)
            worker.AfterEvent = sequence => ring[sequence].Value = -sequence;
        Background thread = Background.Run(stage.Run);
        fixture.Start();

        ring.PublishMany(Events(4));

        Eventually.Holds(() => behind.Count == Events(4), "all is through");
        stage.Halt();
        thread.Join();
        Assert.That(behind.Sequences, Is.EqualTo(RingExtensions.Range(0, Events(4))));
        Assert.That(behind.Values, Is.EqualTo(behind.Sequences.Select(sequence => -sequence)));
    }

    [Test]
    public void A_worker_that_lets_go_of_its_event_frees_the_slot_while_it_goes_on()
    {
        using ManualResetEventSlim go = new();
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 1, workers: 1);
        RecordingWorker<ClassEvent> worker = fixture.Workers[0];
        worker.AfterEvent = sequence =>
        {
            worker.Releaser.Release();
            if (sequence == 0)
                go.Wait(Eventually.Deadline);
        };
        fixture.Start();
        fixture.Ring.PublishNext();

        fixture.Ring.PublishNext();

        Assert.That(worker.Count, Is.EqualTo(1), "its handler is still at the first");
        go.Set();
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        fixture.MustHaveHandled(2);
    }

    [Test]
    public void A_producer_that_waits_for_a_worker_that_dies_is_told_the_cause()
    {
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 2, workers: 2);
        foreach (RecordingWorker<ClassEvent> worker in fixture.Workers)
        {
            worker.BeforeEvent = sequence =>
            {
                if (sequence == 1)
                    throw new InvalidDataException("boom");
            };
        }

        fixture.Start();

        RingClosedException refused = Assert.Throws<RingClosedException>(() => fixture.Ring.PublishMany(1_000))!;
        Assert.That(refused.InnerException, Is.InstanceOf<InvalidDataException>());
        Assert.That(fixture.Pool.DrainAndHalt(), Is.False);
        Assert.That(fixture.Ring.MinimumGatingSequence, Is.Zero, "nobody passes the event that failed");
    }

    [Test]
    public void Publishing_to_a_pool_allocates_nothing()
    {
        using PoolFixture<StructEvent> fixture = new(CreateRing<StructEvent>(size: 64), new CountingWorker(), new CountingWorker());
        fixture.Start();

        Assert.That(Allocations.Of(() => fixture.Ring.PublishMany(Events(64))), Is.Zero);
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
    }

    private sealed class CountingWorker : IWorkHandler<StructEvent>
    {
        public void OnEvent(ref StructEvent evt, long sequence)
        {
        }
    }

    /// <summary>More spinning threads than processors take turns by time slice, and a small ring takes one for every few events.</summary>
    private int Events(int size) => kind is WaitStrategyKind.BusySpin ? 8 * Math.Min(size, 16) : 64 * Math.Min(size, 16);

    private void HaltAgainAndAgain(int rounds)
    {
        using PoolFixture<ClassEvent> fixture = CreateFixture<ClassEvent>(size: 8, workers: 2);
        int published = 0;
        for (int round = 0; round < rounds; round++)
        {
            fixture.Start();
            for (int i = 0; i < round % 4; i++, published++)
                fixture.Ring.PublishNext();
            Thread.SpinWait(7 * (round % 150));
            fixture.Pool.Halt();
            fixture.MustEnd();
        }

        fixture.Start();
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        fixture.MustHaveHandled(published);
    }

    private RingBuffer<T> CreateRing<T>(int size)
        where T : ITestEvent, new() => RingBuffer.Create(producerType, () => new T(), size, kind.Create());

    private PoolFixture<T> CreateFixture<T>(int size, int workers)
        where T : ITestEvent, new() => new(CreateRing<T>(size), workers);
}
