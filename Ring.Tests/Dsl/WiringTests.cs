using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

/// <summary>Who can be put where, and what holds for whom.</summary>
[TestFixture]
public class WiringTests
{
    private readonly List<long> _order = [];
    private Disruptor<ClassEvent> _disruptor = null!;

    [SetUp]
    public void CreateDisruptor()
    {
        _order.Clear();
        _disruptor = new Disruptor<ClassEvent>(() => new ClassEvent(), 8);
    }

    [TearDown]
    public void DisposeDisruptor() => _disruptor.Dispose();

    [Test]
    public void Delegates_may_handle_events()
    {
        long first = 0, second = 0;
        _disruptor
            .HandleEventsWith((ref ClassEvent evt, long sequence, bool endOfBatch) => first += evt.Value)
            .Then((ref ClassEvent evt, long sequence, bool endOfBatch) => second += evt.Value);

        Run(events: 10);

        Assert.That((first, second), Is.EqualTo((45, 45)));
    }

    [Test]
    public void Structs_may_handle_events()
    {
        long[] sums = new long[2];
        _disruptor.HandleEventsWith(new Summing(sums, 0)).Then(new Summing(sums, 1), new ConsumerOptions<ClassEvent> { MaxBatchSize = 2 });

        Run(events: 10);

        Assert.That(sums, Is.EqualTo(new long[] { 45, 45 }));
    }

    [Test]
    public void A_handler_may_have_options_of_its_own()
    {
        RecordingExceptionHandler<ClassEvent> failures = new();
        RecordingHandler<ClassEvent> handler = new() { BeforeEvent = s => Throw(s == 1) };
        RecordingHandler<ClassEvent> behind = new();
        _disruptor
            .HandleEventsWith(handler, new ConsumerOptions<ClassEvent>
            {
                MaxBatchSize = 1,
                ExceptionHandler = failures,
                RewindStrategy = new EventuallyGiveUpBatchRewindStrategy(3),
            })
            .Then(behind, new ConsumerOptions<ClassEvent>());

        Run(events: 3);

        Assert.That(handler.EndsOfBatch, Is.All.True);
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: again" }));
        Assert.That(behind.Count, Is.EqualTo(3));
    }

    [Test]
    public void Both_groups_come_before_what_is_put_after_their_union()
    {
        RecordingHandler<ClassEvent> left = new(), right = new();
        long leftSeen = -1, rightSeen = -1;
        RecordingHandler<ClassEvent> last = new()
        {
            BeforeEvent = s =>
            {
                leftSeen = Math.Max(leftSeen, left.Count <= s ? s : -1);
                rightSeen = Math.Max(rightSeen, right.Count <= s ? s : -1);
            },
        };
        _disruptor.HandleEventsWith(left).And(_disruptor.HandleEventsWith(right)).Then(last);

        Run(events: 500);

        Assert.That(last.Count, Is.EqualTo(500));
        Assert.That((leftSeen, rightSeen), Is.EqualTo((-1L, -1L)), "an event that one of them had not handled");
    }

    [Test]
    public void A_stage_can_be_put_after_handlers_that_were_added_before()
    {
        RecordingHandler<ClassEvent> left = new(), right = new();
        bool early = false;
        RecordingHandler<ClassEvent> last = new() { BeforeEvent = s => early |= left.Count <= s || right.Count <= s };
        _disruptor.HandleEventsWith(left);
        _disruptor.HandleEventsWith(right);
        _disruptor.After(left, right).HandleEventsWith(last);

        Run(events: 500);

        Assert.That(last.Count, Is.EqualTo(500));
        Assert.That(early, Is.False);
    }

    [Test]
    public void Only_the_end_of_a_chain_that_was_put_together_holds_the_producer_back()
    {
        RecordingHandler<ClassEvent> left = new(), right = new(), last = new();
        _disruptor.HandleEventsWith(left).And(_disruptor.HandleEventsWith(right)).Then(last);
        _disruptor.RingBuffer.PublishMany(8);

        Assert.That(_disruptor.RingBuffer.MinimumGatingSequence, Is.EqualTo(-1));
        Run(events: 8);
        Assert.That(_disruptor.RingBuffer.RemainingCapacity, Is.EqualTo(8));
    }

    [Test]
    public void Processors_of_ones_own_are_started_gate_and_are_ended()
    {
        RecordingHandler<ClassEvent> handler = new(), behind = new();
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        BatchEventProcessor<ClassEvent> processor = new(ring, ring.NewBarrier(), handler);
        _disruptor.HandleEventsWith(processor).Then(behind);

        Run(events: 100);

        Assert.That((handler.Count, behind.Count), Is.EqualTo((100, 100)));
        Assert.That((handler.Shutdowns, processor.IsRunning), Is.EqualTo((1, false)));
    }

    [Test]
    public void Processors_of_ones_own_hold_the_producer_back_also_when_they_join_a_group()
    {
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        NoOpEventProcessor<ClassEvent> one = new(ring, ring.NewBarrier()), other = new(ring, ring.NewBarrier());
        _disruptor.HandleEventsWith(one).And(other);
        ring.PublishMany(ring.BufferSize);

        one.Sequence.Set(0);
        Assert.That(ring.TryNext(out _), Is.False, "the other stands at the first");
        other.Sequence.Set(0);

        Assert.That(ring.TryNext(out _), Is.True);
    }

    [Test]
    public void Who_is_followed_by_processors_of_a_factory_holds_the_producer_back_no_more()
    {
        List<NoOpEventProcessor<ClassEvent>> made = [];
        _disruptor.HandleEventsWith(Make).Then(Make);
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        ring.PublishMany(ring.BufferSize);

        made[1].Sequence.Set(0);

        Assert.That(ring.TryNext(out _), Is.True);

        IEventProcessor Make(RingBuffer<ClassEvent> of, SequenceBarrier barrier)
        {
            made.Add(new NoOpEventProcessor<ClassEvent>(of, barrier));
            return made[^1];
        }
    }

    [Test]
    public void Factories_get_a_barrier_behind_their_group()
    {
        RecordingHandler<ClassEvent> first = new(), second = new(), third = new();
        _disruptor
            .HandleEventsWith((ring, barrier) => new BatchEventProcessor<ClassEvent>(ring, barrier, first))
            .Then((ring, barrier) => new BatchEventProcessor<ClassEvent>(ring, barrier, second), (ring, barrier) => new NoOpEventProcessor<ClassEvent>(ring, barrier))
            .Then(third);

        Run(events: 100);

        Assert.That((first.Count, second.Count, third.Count), Is.EqualTo((100, 100, 100)));
    }

    [Test]
    public void A_processor_that_joins_a_group_is_taken_in_once()
    {
        RecordingHandler<ClassEvent> one = new(), other = new(), last = new();
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        BatchEventProcessor<ClassEvent> processor = new(ring, ring.NewBarrier(), other);
        _disruptor.HandleEventsWith(one).And(processor).And(processor).Then(last);
        _disruptor.After(processor).Then(new RecordingHandler<ClassEvent>());

        Run(events: 100);

        Assert.That((one.Count, other.Count, last.Count), Is.EqualTo((100, 100, 100)));
    }

    [TestCase(ProducerType.Single)]
    [TestCase(ProducerType.Multi)]
    public void Whoever_comes_after_a_processor_that_wants_no_events_sees_all_that_is_published(ProducerType producerType)
    {
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), 8, producerType: producerType);
        RecordingHandler<ClassEvent> behind = new();
        NeverRuns idle = new(new Sequence());
        EventHandlerGroup<ClassEvent> group = disruptor.HandleEventsWith(idle);
        idle.Sequence.Set(long.MaxValue);
        group.Then(behind);

        disruptor.Start().PublishMany(100);
        disruptor.Shutdown();

        Assert.That(behind.Sequences, Is.EqualTo(RingExtensions.Range(0, 100)));
    }

    [Test]
    public void Whoever_comes_after_a_processor_that_stands_for_a_pool_begins_where_the_pool_does()
    {
        RecordingHandler<ClassEvent> behind = new();
        WorkerPool<ClassEvent> pool = new(_disruptor.RingBuffer, [], new FatalExceptionHandler<ClassEvent>(), new RecordingWorker<ClassEvent>());
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(new NeverRuns(pool.Sequences[1]));
        _disruptor.RingBuffer.PublishMany(3);
        group.Then(behind);

        pool.Start(run => new Thread(run));
        pool.DrainAndHalt();
        _disruptor.Start();
        _disruptor.Shutdown();

        Assert.That(behind.Sequences, Is.EqualTo(RingExtensions.Range(0, 3)));
    }

    [Test]
    public void A_barrier_behind_a_group_lets_through_what_all_have_handled()
    {
        RecordingHandler<ClassEvent> one = new(), two = new();
        SequenceBarrier barrier = _disruptor.HandleEventsWith(one, two).AsSequenceBarrier();

        Run(events: 5);

        Assert.That(barrier.HighestAvailable(0), Is.EqualTo(4));
    }

    [Test]
    public void The_default_exception_handler_holds_for_all_that_have_none_of_their_own()
    {
        RecordingExceptionHandler<ClassEvent> byDefault = new(), own = new();
        RecordingHandler<ClassEvent> before = Failing(), between = Failing(), after = Failing();
        _disruptor.HandleEventsWith(before);
        _disruptor.HandleEventsWith(between, new ConsumerOptions<ClassEvent> { ExceptionHandler = own });
        _disruptor.SetDefaultExceptionHandler(byDefault);
        _disruptor.HandleEventsWith(after);

        Run(events: 1);

        Assert.That((byDefault.Failures.Count, own.Failures.Count), Is.EqualTo((2, 1)));
    }

    [Test]
    public void An_exception_handler_can_be_set_for_one_handler()
    {
        RecordingExceptionHandler<ClassEvent> byDefault = new(), own = new();
        RecordingHandler<ClassEvent> one = Failing(), other = Failing();
        _disruptor.HandleEventsWith(one, other);
        _disruptor.SetExceptionHandler(one, own);
        _disruptor.SetDefaultExceptionHandler(byDefault);

        Run(events: 2);

        Assert.That(own.Failures, Is.EqualTo(new[] { "event 0: again", "event 1: again" }));
        Assert.That(byDefault.Failures, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_position_of_each_handler_can_be_asked_for()
    {
        RecordingHandler<ClassEvent> one = new();
        _disruptor.HandleEventsWith(one);
        Assert.That(_disruptor.GetSequenceValueFor(one), Is.EqualTo(-1));

        Run(events: 3);

        Assert.That(_disruptor.GetSequenceValueFor(one), Is.EqualTo(2));
    }

    [Test]
    public void The_handler_that_holds_the_ring_up_is_known_by_its_position()
    {
        using ManualResetEventSlim go = new();
        RecordingHandler<ClassEvent> quick = new(), slow = new() { BeforeEvent = _ => go.Wait(Eventually.Deadline) };
        _disruptor.HandleEventsWith(quick, slow);
        _disruptor.Start().PublishMany(3);

        Eventually.Holds(() => _disruptor.GetSequenceValueFor(quick) == 2, "it has handled all");
        Assert.That(_disruptor.GetSequenceValueFor(slow), Is.EqualTo(-1));

        go.Set();
        Assert.That(_disruptor.Shutdown(), Is.True);
    }

    [Test]
    public void What_is_not_known_is_refused()
    {
        RecordingHandler<ClassEvent> known = new(), unknown = new();
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(known);
        using Disruptor<ClassEvent> another = new(() => new ClassEvent(), 8);
        EventHandlerGroup<ClassEvent> foreign = another.HandleEventsWith(unknown);
        NoOpEventProcessor<ClassEvent> processor = new(_disruptor.RingBuffer, _disruptor.RingBuffer.NewBarrier());

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.After(unknown), Throws.ArgumentException);
            Assert.That(() => _disruptor.After(known, known), Throws.ArgumentException);
            Assert.That(() => _disruptor.After(processor), Throws.ArgumentException);
            Assert.That(() => _disruptor.After((IEventHandler<ClassEvent>[])null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.GetSequenceValueFor(unknown), Throws.ArgumentException);
            Assert.That(() => _disruptor.GetSequenceValueFor(null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.SetExceptionHandler(unknown, new FatalExceptionHandler<ClassEvent>()), Throws.ArgumentException);
            Assert.That(() => _disruptor.SetExceptionHandler(known, null!), Throws.ArgumentNullException);
            Assert.That(() => group.And(foreign), Throws.ArgumentException);
            Assert.That(() => group.And((EventHandlerGroup<ClassEvent>)null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void Bad_arguments_are_refused_and_nothing_is_added()
    {
        RecordingHandler<ClassEvent> handler = new();
        NoOpEventProcessor<ClassEvent> processor = new(_disruptor.RingBuffer, _disruptor.RingBuffer.NewBarrier());
        _disruptor.HandleEventsWith(processor);

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.HandleEventsWith(handler, (ConsumerOptions<ClassEvent>)null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.HandleEventsWith((EventAction<ClassEvent>)null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.HandleEventsWith((EventAction<ClassEvent>[])null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.HandleEventsWith((EventProcessorFactory<ClassEvent>[])null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.HandleEventsWith((_, _) => null!), Throws.InvalidOperationException);
            Assert.That(() => _disruptor.HandleEventsWith((_, _) => processor), Throws.ArgumentException);
            Assert.That(() => _disruptor.HandleEventsWith(processor), Throws.ArgumentException);
            Assert.That(() => _disruptor.HandleEventsWith((IEventProcessor[])null!), Throws.ArgumentNullException);
            Assert.That(() => new ConsumerOptions<ClassEvent> { MaxBatchSize = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
        Run(events: 20);
        Assert.That(handler.Count, Is.Zero);
    }

    [Test]
    public void A_last_stage_clears_slots_behind_the_others_and_before_the_producer_comes_round()
    {
        using Disruptor<StructEvent> disruptor = new(() => default, 8);
        // Both are slow, so that whoever does not wait for them overtakes them.
        RecordingHandler<StructEvent> handler = new() { BeforeEvent = _ => Thread.Sleep(1) };
        List<long> cleared = [];
        disruptor.HandleEventsWith(handler).Then((ref StructEvent evt, long sequence, bool _) =>
        {
            if (sequence < disruptor.BufferSize)
                Thread.Sleep(5);
            cleared.Add(evt.Value);
            evt = default;
        });
        RingBuffer<StructEvent> ring = disruptor.Start();

        for (int i = 0; i < 3 * ring.BufferSize; i++)
            ring.PublishNext(1000 + i);

        Assert.That(disruptor.Shutdown(), Is.True);
        Assert.That(handler.Values, Is.EqualTo(RingExtensions.Range(1000, 3 * ring.BufferSize)), "not before the others");
        Assert.That(cleared, Is.EqualTo(RingExtensions.Range(1000, 3 * ring.BufferSize)), "not after the producer");
        Assert.That(Enumerable.Range(0, ring.BufferSize).Select(slot => ring[slot].Value), Is.All.Zero);
    }

    [Test]
    public void Nothing_can_be_configured_after_the_start()
    {
        RecordingHandler<ClassEvent> handler = new();
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(handler);
        NoOpEventProcessor<ClassEvent> processor = new(_disruptor.RingBuffer, _disruptor.RingBuffer.NewBarrier());
        Assert.That(_disruptor.HasStarted, Is.False);
        _disruptor.Start();
        Assert.That(_disruptor.HasStarted, Is.True);

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.HandleEventsWith(processor), Throws.InvalidOperationException);
            Assert.That(() => group.And(processor), Throws.InvalidOperationException);
            Assert.That(() => group.Then((_, _) => processor), Throws.InvalidOperationException);
            Assert.That(() => group.Then(default(Summing)), Throws.InvalidOperationException);
            Assert.That(() => group.Then((ref ClassEvent _, long _, bool _) => { }), Throws.InvalidOperationException);
            Assert.That(() => _disruptor.SetExceptionHandler(handler, new FatalExceptionHandler<ClassEvent>()), Throws.InvalidOperationException);
        });
    }

    private static RecordingHandler<ClassEvent> Failing() => new() { BeforeEvent = _ => Throw(true) };

    private static void Throw(bool when)
    {
        if (when)
            throw new RewindableException("again");
    }

    private void Run(int events)
    {
        _disruptor.Start().PublishMany(events);
        Assert.That(_disruptor.Shutdown(), Is.True);
    }

    private readonly struct Summing(long[] sums, int index) : IEventHandler<ClassEvent>
    {
        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch) => sums[index] += evt.Value;
    }

    private sealed class NeverRuns(Sequence sequence) : IEventProcessor
    {
        public Sequence Sequence => sequence;

        public bool IsRunning => false;

        public void Run()
        {
            // There is nothing to do.
        }

        public void Halt()
        {
            // It never runs.
        }
    }
}
