using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

/// <summary>How a disruptor ends without blocking a thread, and how that is known.</summary>
[TestFixture]
public class EndTests
{
    private const int Size = 8;

    private Disruptor<ClassEvent> _disruptor = null!;

    [SetUp]
    public void CreateDisruptor() => _disruptor = new Disruptor<ClassEvent>(() => new ClassEvent(), Size);

    [TearDown]
    public void DisposeDisruptor() => _disruptor.Dispose();

    [Test]
    public void An_asynchronous_shutdown_handles_everything_and_leaves_nothing()
    {
        RecordingHandler<ClassEvent> handler = new();
        _disruptor.HandleEventsWith(handler);
        _disruptor.Start().PublishMany(100);

        Assert.That(ShutDown(Eventually.Deadline), Is.Zero);

        Assert.That((handler.Count, handler.Shutdowns), Is.EqualTo((100, 1)));
        Assert.That(_disruptor.Completion.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void An_asynchronous_shutdown_whose_time_is_over_halts_and_says_what_is_left()
    {
        using ManualResetEventSlim release = new(), entered = new();
        RecordingHandler<ClassEvent> handler = new()
        {
            BeforeEvent = _ =>
            {
                entered.Set();
                release.Wait(Eventually.Deadline);
            },
        };
        _disruptor.HandleEventsWith(handler, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        _disruptor.Start().PublishMany(5);
        Assert.That(entered.Wait(Eventually.Deadline), Is.True);

        Assert.That(ShutDown(TimeSpan.FromMilliseconds(20)), Is.EqualTo(5));
        Assert.That(_disruptor.Completion.IsCompleted, Is.False, "a handler is at its event");
        release.Set();

        Assert.That(_disruptor.Completion.Wait(Eventually.Deadline), Is.True);
        Assert.That(handler.Count, Is.EqualTo(1), "halted after the batch in hand");
        Assert.That(_disruptor.HasBacklog, Is.True);
    }

    [Test]
    public void An_asynchronous_shutdown_with_a_dead_handler_says_what_is_left()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(s == 2) });
        _disruptor.RingBuffer.PublishMany(5);
        _disruptor.Start();

        Assert.That(ShutDown(Timeout.InfiniteTimeSpan), Is.EqualTo(3));
    }

    [Test]
    public void An_asynchronous_shutdown_counts_what_is_claimed_and_was_never_published([Values] ProducerType producerType)
    {
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, producerType: producerType);
        disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        disruptor.Start().Next();

        Task<long> shutdown = disruptor.ShutdownAsync(TimeSpan.FromMilliseconds(20));

        Assert.That(shutdown.Wait(Eventually.Deadline), Is.True);
        Assert.That(shutdown.Result, Is.EqualTo(1));
    }

    [Test]
    public void A_shutdown_lets_those_who_live_handle_everything_although_another_one_has_died()
    {
        using ManualResetEventSlim release = new();
        RecordingHandler<ClassEvent> alive = new() { BeforeEvent = _ => release.Wait(Eventually.Deadline) };
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(s == 3) });
        _disruptor.HandleEventsWith(alive, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });

        Assert.That(ShutDownOnceOneHasDied(release), Is.EqualTo(2));
        Assert.That(alive.Count, Is.EqualTo(5));
    }

    [Test]
    public void A_shutdown_lets_those_behind_a_dead_one_handle_what_that_has_passed_on()
    {
        using ManualResetEventSlim release = new();
        RecordingHandler<ClassEvent> behind = new() { BeforeEvent = _ => release.Wait(Eventually.Deadline) };
        _disruptor
            .HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(s == 3) })
            .Then(behind, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });

        Assert.That(ShutDownOnceOneHasDied(release), Is.EqualTo(2));
        Assert.That(behind.Count, Is.EqualTo(3));
    }

    [Test]
    public void A_shutdown_lets_the_workers_who_live_handle_everything_although_another_one_has_died()
    {
        using ManualResetEventSlim release = new();
        RecordingWorker<ClassEvent>[] workers = [CreateWorker(), CreateWorker()];
        _disruptor.HandleEventsWithWorkerPool(workers);

        Assert.That(ShutDownOnceOneHasDied(release), Is.EqualTo(5), "how far the pool is behind, not what it has left out");
        Assert.That(workers.SelectMany(worker => worker.Sequences).Order(), Is.EqualTo(RingExtensions.Range(1, 4)));

        RecordingWorker<ClassEvent> CreateWorker() => new()
        {
            BeforeEvent = s =>
            {
                Throw(s == 0);
                release.Wait(Eventually.Deadline);
            },
        };
    }

    [Test]
    public void A_shutdown_does_not_wait_for_what_a_dead_worker_and_a_dead_stage_before_it_hold_up()
    {
        using ManualResetEventSlim release = new();
        RecordingWorker<ClassEvent>[] workers = [CreateWorker(), CreateWorker()];
        _disruptor
            .HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(s == 3) })
            .ThenHandleEventsWithWorkerPool(workers);

        Assert.That(ShutDownOnceOneHasDied(release), Is.EqualTo(5));
        Assert.That(workers.SelectMany(worker => worker.Sequences).Order(), Is.EqualTo(RingExtensions.Range(1, 2)));

        RecordingWorker<ClassEvent> CreateWorker() => new()
        {
            BeforeEvent = s =>
            {
                release.Wait(Eventually.Deadline);
                Throw(s == 0);
            },
        };
    }

    [Test]
    public void A_shutdown_does_not_wait_for_a_processor_of_ones_own_behind_a_dead_handler()
    {
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        RecordingHandler<ClassEvent> behind = new();
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(s == 3) });
        _disruptor.HandleEventsWith(new BatchEventProcessor<ClassEvent>(ring, group.AsSequenceBarrier(), behind));
        ring.PublishMany(5);
        _disruptor.Start();
        Eventually.Holds(() => ring.IsClosed, "the first has died");

        Background.Run(() => Assert.That(_disruptor.Shutdown(), Is.False)).Join();

        Assert.That(behind.Sequences, Is.EqualTo(RingExtensions.Range(0, 3)));
    }

    [Test]
    public void A_shutdown_does_not_wait_for_what_a_dead_handler_has_claimed_and_not_published()
    {
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        RecordingHandler<ClassEvent> alive = new();
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(ring.Next() > s) }, alive);
        ring.PublishMany(5);
        _disruptor.Start();
        Eventually.Holds(() => ring.IsClosed, "the first has died");

        Background.Run(() => Assert.That(_disruptor.Shutdown(), Is.False)).Join();

        Assert.That(alive.Count, Is.EqualTo(5));
    }

    [Test]
    public void An_asynchronous_shutdown_may_be_begun_by_a_handler()
    {
        Task<long>? shutdown = null;
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>
        {
            BeforeEvent = s => shutdown ??= _disruptor.ShutdownAsync(Timeout.InfiniteTimeSpan),
        });
        _disruptor.RingBuffer.PublishMany(3);
        _disruptor.Start();

        Eventually.Holds(() => _disruptor.Completion.IsCompleted, "the end");
        Assert.That(shutdown!.Wait(Eventually.Deadline), Is.True);
        Assert.That(shutdown.Result, Is.Zero);
    }

    [Test]
    public void An_asynchronous_shutdown_closes_the_ring_at_once()
    {
        using ManualResetEventSlim release = new();
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = _ => release.Wait(Eventually.Deadline) });
        _disruptor.Start().PublishNext();

        Task<long> shutdown = _disruptor.ShutdownAsync(Timeout.InfiniteTimeSpan);

        Assert.That(shutdown.IsCompleted, Is.False, "it blocks nobody");
        Assert.That(_disruptor.RingBuffer.TryNext(out _), Is.False);
        release.Set();
        Assert.That(shutdown.Wait(Eventually.Deadline), Is.True);
    }

    [TestCase(-2)]
    [TestCase(int.MaxValue + 1d)]
    public void A_time_out_of_range_is_refused_and_changes_nothing(double milliseconds)
    {
        Assert.That(
            () => _disruptor.ShutdownAsync(TimeSpan.FromMilliseconds(milliseconds)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("timeout"));
        Assert.That(_disruptor.RingBuffer.IsClosed, Is.False);
    }

    [Test]
    public void Completion_fails_with_the_exception_of_a_handler_that_died()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = s => Throw(s == 0) }, new RecordingHandler<ClassEvent>());
        _disruptor.Start().PublishNext();
        Eventually.Holds(() => _disruptor.RingBuffer.IsClosed, "the handler dies");
        Assert.That(_disruptor.Completion.IsCompleted, Is.False, "the other one lives");

        _disruptor.Shutdown();

        Assert.That(_disruptor.Completion.Exception!.InnerException, Is.SameAs(_disruptor.RingBuffer.CloseCause));
    }

    [Test]
    public void Completion_fails_with_the_exception_of_a_start_that_failed()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { WhenStarted = () => throw new InvalidDataException("early") });
        _disruptor.Start();

        Assert.That(
            () => _disruptor.Completion.Wait(Eventually.Deadline),
            Throws.InstanceOf<AggregateException>().With.InnerException.Message.EqualTo("early"));
    }

    [Test]
    public void Completion_fails_with_the_exception_of_a_thread_that_could_not_be_started()
    {
        List<Thread> threads = [];
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, CreateAndStartTheOneBefore);
        disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>(), new RecordingHandler<ClassEvent>());
        Assert.That(() => disruptor.Start(), Throws.InstanceOf<ThreadStateException>());

        Assert.That(
            () => disruptor.Completion.Wait(Eventually.Deadline),
            Throws.InstanceOf<AggregateException>().With.InnerException.InstanceOf<ThreadStateException>());

        Thread CreateAndStartTheOneBefore(ThreadStart run)
        {
            threads.LastOrDefault()?.Start();
            threads.Add(new Thread(run) { IsBackground = true });
            return threads[^1];
        }
    }

    [Test]
    public void Completion_comes_for_handlers_that_were_halted_before_they_were_started()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());

        _disruptor.Halt();

        Assert.That(_disruptor.Completion.Wait(Eventually.Deadline), Is.True);
    }

    [Test]
    public void Completion_comes_although_a_thread_does_not_run_its_handler()
    {
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, _ => new Thread(() => { }) { IsBackground = true });
        disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        disruptor.Start();
        Task completion = disruptor.Completion;

        Assert.That(disruptor.Shutdown(), Is.True, "nothing is left");

        Assert.That(completion.Wait(Eventually.Deadline), Is.True);
    }

    [Test]
    public void A_shutdown_sleeps_while_it_waits()
    {
        using ManualResetEventSlim go = new();
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = _ => go.Wait(Eventually.Deadline) });
        _disruptor.Start().PublishNext();

        Background shutdown = Background.Run(() => Assert.That(_disruptor.Shutdown(), Is.True));
        // Whoever yields instead shows as asleep now and then, too: when it asks whether threads have ended.
        Eventually.Holds(() => ShareAsleep(shutdown) > 0.6, "it sleeps most of the time");

        go.Set();
        shutdown.Join();
    }

    [Test]
    public void A_shutdown_waits_for_a_handler_that_is_at_an_event_it_has_given_back()
    {
        using ManualResetEventSlim go = new();
        GivesBackAndWaits handler = new(go);
        _disruptor.HandleEventsWith(handler);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishNext();
        Eventually.Holds(() => ring.RemainingCapacity == Size, "it has given the event back");

        Assert.That(_disruptor.Shutdown(TimeSpan.FromMilliseconds(20)), Is.False);
        go.Set();

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(handler.IsDone, Is.True);
    }

    [Test]
    public void What_awaits_the_end_does_not_run_on_a_handlers_thread()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        _disruptor.Start();
        Task<bool> isOnThreadPool = _disruptor.Completion.ContinueWith(
            _ => Thread.CurrentThread.IsThreadPoolThread,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        _disruptor.Halt();

        Assert.That(isOnThreadPool.Wait(Eventually.Deadline), Is.True);
        Assert.That(isOnThreadPool.Result, Is.True);
    }

    [Test]
    public void Completion_is_not_completed_before_the_end()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        Assert.That(_disruptor.Completion.IsCompleted, Is.False, "before the start");
        _disruptor.Start();
        Assert.That(_disruptor.Completion.IsCompleted, Is.False, "running");

        _disruptor.Halt();

        Assert.That(_disruptor.Completion.Wait(Eventually.Deadline), Is.True);
    }

    [Test]
    public void A_processor_of_ones_own_that_throws_closes_the_ring_instead_of_ending_the_process()
    {
        ThrowingProcessor processor = new();
        _disruptor.HandleEventsWith(processor);
        _disruptor.Start();

        Eventually.Holds(() => _disruptor.RingBuffer.IsClosed, "the ring is closed");

        Assert.That(_disruptor.RingBuffer.CloseCause!.Message, Is.EqualTo("boom"));
        Eventually.Holds(() => _disruptor.Completion.IsFaulted, "the end");
    }

    [Test]
    public void The_backlog_is_what_somebody_has_still_to_handle()
    {
        using ManualResetEventSlim release = new();
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>()).Then(new RecordingHandler<ClassEvent> { BeforeEvent = _ => release.Wait(Eventually.Deadline) });
        Assert.That(_disruptor.HasBacklog, Is.False);
        _disruptor.Start().PublishNext();
        Assert.That(_disruptor.HasBacklog, Is.True);

        release.Set();

        Eventually.Holds(() => !_disruptor.HasBacklog, "all is handled");
        Assert.That((_disruptor.Cursor, _disruptor.BufferSize), Is.EqualTo((0, Size)));
    }

    private static void Throw(bool when)
    {
        if (when)
            throw new InvalidDataException("boom");
    }

    /// <summary>Of five events; says what is left.</summary>
    private long ShutDownOnceOneHasDied(ManualResetEventSlim release)
    {
        _disruptor.RingBuffer.PublishMany(5);
        _disruptor.Start();
        Eventually.Holds(() => _disruptor.RingBuffer.IsClosed, "one has died");
        Task<long> shutdown = _disruptor.ShutdownAsync(Timeout.InfiniteTimeSpan);
        release.Set();
        Assert.That(shutdown.Wait(Eventually.Deadline), Is.True);
        return shutdown.Result;
    }

    private long ShutDown(TimeSpan timeout)
    {
        Task<long> shutdown = _disruptor.ShutdownAsync(timeout);
        Assert.That(shutdown.Wait(Eventually.Deadline), Is.True);
        return shutdown.Result;
    }

    /// <summary>Of many looks, a moment between each.</summary>
    private static double ShareAsleep(Background thread)
    {
        const int Looks = 100;
        int asleep = 0;
        for (int look = 0; look < Looks; look++)
        {
            Thread.Sleep(1);
            asleep += thread.IsAsleep ? 1 : 0;
        }

        return (double)asleep / Looks;
    }

    private sealed class GivesBackAndWaits(ManualResetEventSlim go) : ISequenceReportingEventHandler<ClassEvent>
    {
        private Sequence? _position;

        public bool IsDone { get; private set; }

        public void SetSequenceCallback(Sequence sequenceCallback) => _position = sequenceCallback;

        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
            _position!.Set(sequence);
            go.Wait(Eventually.Deadline);
            IsDone = true;
        }
    }

    private sealed class ThrowingProcessor : IEventProcessor
    {
        public Sequence Sequence { get; } = new();

        public bool IsRunning => false;

        public void Run() => throw new InvalidDataException("boom");

        public void Halt()
        {
        }
    }
}
