using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>Starting, stopping and failing, for events of classes and of structs.</summary>
[TestFixture(typeof(ClassEvent))]
[TestFixture(typeof(StructEvent))]
public class WorkerPoolTests<T>
    where T : ITestEvent, new()
{
    private const int Size = 8;

    private RingBuffer<T> _ring = null!;

    [SetUp]
    public void CreateRing() => _ring = RingBuffer.CreateSingleProducer(() => new T(), Size);

    [Test]
    public void A_second_start_is_refused_and_disturbs_nothing()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        fixture.Start();

        Assert.That(fixture.Start, Throws.InvalidOperationException.With.Message.Contains("already"));

        _ring.PublishNext();
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        fixture.MustHaveHandled(1);
    }

    [Test]
    public void A_pool_runs_from_its_start_until_all_its_threads_have_ended()
    {
        using ManualResetEventSlim go = new();
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        fixture.Workers[0].BeforeEvent = fixture.Workers[1].BeforeEvent = _ => go.Wait(Eventually.Deadline);
        Assert.That(fixture.Pool.IsRunning, Is.False);

        fixture.Start();
        Assert.That(fixture.Pool.IsRunning, Is.True);
        _ring.PublishNext();
        Eventually.Holds(() => _ring.MinimumGatingSequence == -1 && fixture.Pool.Sequences[0].Value == 0, "a worker has it in hand");
        fixture.Pool.Halt();

        Assert.That(fixture.Pool.IsRunning, Is.True, "a handler is at work");
        Assert.That(fixture.Start, Throws.InvalidOperationException);
        go.Set();
        fixture.MustEnd();
    }

    [Test]
    public void A_halt_while_the_pool_does_not_run_is_not_for_the_next_run()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        _ring.PublishNext();
        fixture.Pool.Halt();

        fixture.Start();

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        fixture.MustHaveHandled(1);
    }

    [Test]
    public void A_worker_stops_in_front_of_what_is_claimed_and_not_published()
    {
        var ring = RingBuffer.CreateMultiProducer(() => new T(), Size);
        RecordingWorker<T> worker = new();
        WorkerPool<T> pool = new(ring, [], new FatalExceptionHandler<T>(), worker);
        ring.AddGatingSequences([.. pool.Sequences]);
        long first = ring.Next(), second = ring.Next(), third = ring.Next();
        ring.Publish(first);
        ring.Publish(third);
        Thread? thread = null;

        pool.Start(run => thread = new Thread(run) { IsBackground = true });
        Eventually.Holds(() => worker.Sequences.Count > 0 && thread!.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "it waits");

        Assert.That(worker.Sequences, Is.EqualTo(new[] { first }));
        ring.Publish(second);
        Assert.That(pool.DrainAndHalt(), Is.True);
        Assert.That(worker.Sequences, Is.EqualTo(new[] { first, second, third }));
    }

    [Test]
    public void A_halt_is_obeyed_after_the_event_in_hand()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 1);
        fixture.Workers[0].BeforeEvent = _ => fixture.Pool.Halt();
        _ring.PublishMany(3);

        fixture.Start();

        fixture.MustEnd();
        fixture.MustHaveHandled(1);
        Assert.That(fixture.Pool.HasBacklog, Is.True);
    }

    [Test]
    public void A_halted_pool_holds_the_producer_back_no_earlier_than_it_must()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        fixture.Start();
        _ring.PublishMany(3);
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);

        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
        Assert.That(_ring.TryNext(Size, out long hi), Is.True);
        _ring.Publish(hi - Size + 1, hi);
        Assert.That(_ring.TryNext(out _), Is.False);
    }

    [Test]
    public void A_worker_that_is_halted_before_it_has_begun_holds_up_nobody()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        List<Thread> held = [];
        Thread Hold(ThreadStart run)
        {
            int number = held.Count;
            Thread thread = new(() =>
            {
                if (number == 1)
                    Eventually.Holds(() => fixture.Workers[0].Shutdowns == 1, "the other one was halted");
                run();
            });
            held.Add(thread);
            return thread;
        }

        _ring.PublishMany(Size);
        fixture.Workers[0].AfterEvent = sequence =>
        {
            if (sequence == Size - 1)
                fixture.Pool.Halt();
        };
        fixture.Pool.Start(Hold);
        fixture.MustEnd();

        Assert.That(fixture.Workers.Select(worker => worker.Starts), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(fixture.Pool.HasBacklog, Is.False);
        Assert.That(_ring.RemainingCapacity, Is.EqualTo(Size));
    }

    [Test]
    public void A_drain_of_a_pool_that_does_not_run_says_whether_something_is_left()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);

        _ring.PublishNext();

        Assert.That(fixture.Pool.DrainAndHalt(), Is.False);
        Assert.That(fixture.Pool.HasBacklog, Is.True);
    }

    [Test]
    public void A_halt_cuts_a_drain_short()
    {
        using ManualResetEventSlim inHand = new(), go = new();
        using PoolFixture<T> fixture = new(_ring, workers: 1);
        fixture.Workers[0].BeforeEvent = _ =>
        {
            inHand.Set();
            go.Wait(Eventually.Deadline);
        };
        _ring.PublishMany(3);
        fixture.Start();
        inHand.Wait(Eventually.Deadline);
        bool handled = true;
        Background drain = Background.Run(() => handled = fixture.Pool.DrainAndHalt());

        fixture.Pool.Halt();
        go.Set();

        drain.Join();
        Assert.That(handled, Is.False);
    }

    [Test]
    public void A_handler_that_drains_its_own_pool_is_refused()
    {
        Exception? refused = null;
        using PoolFixture<T> fixture = new(_ring, workers: 1);
        fixture.Workers[0].BeforeEvent = _ => refused = Assert.Throws<InvalidOperationException>(() => fixture.Pool.DrainAndHalt());
        fixture.Start();
        _ring.PublishNext();

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        Assert.That(refused!.Message, Does.Contain("wait for itself"));
    }

    [Test]
    public void A_failed_event_is_reported_and_passed_by_when_the_exception_handler_returns()
    {
        RecordingExceptionHandler<T> failures = new();
        using PoolFixture<T> fixture = new(_ring, workers: 1, failures);
        fixture.Workers[0].BeforeEvent = s => Throw(s == 1, "no 1");
        fixture.Start();
        _ring.PublishMany(3);

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);

        Assert.That(fixture.Handled, Is.EqualTo(new long[] { 0, 2 }));
        Assert.That(failures.Failures, Is.EqualTo(new[] { "event 1: no 1" }));
        Assert.That(_ring.IsClosed, Is.False);
    }

    [Test]
    public void A_failed_event_is_retried_by_the_worker_that_has_it()
    {
        int failures = 0;
        using PoolFixture<T> fixture = new(_ring, workers: 1, new RetryExceptionHandler<T>(2, new FatalExceptionHandler<T>()));
        fixture.Workers[0].BeforeEvent = s => ThrowIf(s == 1 && failures++ < 2);
        fixture.Start();
        _ring.PublishMany(3);

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);

        fixture.MustHaveHandled(3);
        Assert.That(failures, Is.EqualTo(3));
    }

    [Test]
    public void A_halt_ends_the_retries_and_the_next_run_begins_with_the_event()
    {
        int failures = 0;
        bool isMended = false;
        using PoolFixture<T> fixture = new(_ring, workers: 1, new RetryExceptionHandler<T>(int.MaxValue, new FatalExceptionHandler<T>()));
        fixture.Workers[0].BeforeEvent = _ =>
        {
            Interlocked.Increment(ref failures);
            ThrowIf(!Volatile.Read(ref isMended));
        };
        fixture.Start();
        _ring.PublishMany(2);
        Eventually.Holds(() => Volatile.Read(ref failures) > 10, "it is retried");

        fixture.Pool.Halt();

        fixture.MustEnd();
        Assert.That(_ring.MinimumGatingSequence, Is.EqualTo(-1), "nobody passes the event");
        Volatile.Write(ref isMended, true);
        fixture.Start();
        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        fixture.MustHaveHandled(2);
    }

    [Test]
    public void An_event_that_was_let_go_is_not_retried()
    {
        int tries = 0;
        using PoolFixture<T> fixture = new(_ring, workers: 1, new RetryExceptionHandler<T>(5, new FatalExceptionHandler<T>()));
        fixture.Workers[0].BeforeEvent = s =>
        {
            if (s != 0)
                return;
            tries++;
            fixture.Workers[0].Releaser.Release();
            ThrowIf(true);
        };
        fixture.Start();
        _ring.PublishMany(2);

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);

        Assert.That(tries, Is.EqualTo(1));
        Assert.That(fixture.Handled, Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void A_worker_that_would_wait_for_itself_in_front_of_its_full_ring_is_told()
    {
        RecordingExceptionHandler<T> failures = new();
        using PoolFixture<T> fixture = new(_ring, workers: 1, failures);
        fixture.Workers[0].BeforeEvent = s =>
        {
            if (s == 0)
                _ring.Next();
        };
        _ring.PublishMany(Size);
        fixture.Start();

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);

        Assert.That(failures.Failures.Single(), Does.StartWith("event 0").And.Contains("wait for itself"));
    }

    [Test]
    public void The_others_go_on_when_a_worker_dies_and_its_event_is_passed_by_nobody()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        fixture.Workers[0].BeforeEvent = fixture.Workers[1].BeforeEvent = s => Throw(s == 1, "boom");
        _ring.PublishMany(Size);

        fixture.Start();

        Eventually.Holds(() => _ring.IsClosed && fixture.Handled.Length == Size - 1, "one has died, and the other has handled the rest");
        Assert.That(_ring.CloseCause!.Message, Is.EqualTo("boom"));
        Assert.That(_ring.MinimumGatingSequence, Is.Zero, "in front of the event that failed");
        Assert.That(fixture.Pool.DrainAndHalt(), Is.False);
    }

    [Test]
    public void A_pool_that_is_started_again_begins_with_the_event_at_which_a_worker_died()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        bool isHealed = false;
        fixture.Workers[0].BeforeEvent = fixture.Workers[1].BeforeEvent = s => Throw(s == 1 && !isHealed, "boom");
        _ring.PublishMany(Size);
        fixture.Start();
        Eventually.Holds(() => _ring.IsClosed && fixture.Handled.Length == Size - 1, "all but one are handled");
        Assert.That(fixture.Pool.DrainAndHalt(), Is.False);

        isHealed = true;
        fixture.Start();

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        Assert.That(fixture.Handled, Is.EqualTo(RingExtensions.Range(0, Size)));
    }

    [Test]
    public void A_worker_that_dies_without_an_event_in_hand_holds_up_nobody()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new T(), Size, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
        FailingAtTimeout mortal = new();
        RecordingWorker<T> other = new();
        WorkerPool<T> pool = new(ring, [], new FatalExceptionHandler<T>(), mortal, other);
        ring.AddGatingSequences([.. pool.Sequences]);
        ring.PublishMany(Size);

        pool.Start(run => new Thread(run) { IsBackground = true });

        Eventually.Holds(() => ring.CloseCause is InvalidDataException, "it has died at a timeout");
        Assert.That(pool.DrainAndHalt(), Is.True);
        Assert.That(mortal.Count + other.Count, Is.EqualTo(Size));
    }

    [Test]
    public void A_timeout_is_told_to_those_who_want_to_know_and_harms_nobody_else()
    {
        var ring = RingBuffer.CreateSingleProducer(() => new T(), Size, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
        RecordingExceptionHandler<T> failures = new();
        RecordingWorker<T> deaf = new();
        WorkerPool<T> pool = new(ring, [], failures, deaf, new FailingAtTimeout());
        ring.AddGatingSequences([.. pool.Sequences]);

        pool.Start(run => new Thread(run) { IsBackground = true });
        Eventually.Holds(() => deaf.Starts == 1 && failures.Failures.Count >= 1, "both run");
        int before = failures.Failures.Count;
        Eventually.Holds(() => failures.Failures.Count >= before + 20, "twenty timeouts");
        string[] told = [.. failures.Failures];
        ring.PublishMany(3);

        Assert.That(pool.DrainAndHalt(), Is.True);
        Assert.That(told, Is.All.EqualTo("timeout -1: after -1"));
        Assert.That(deaf.Shutdowns, Is.EqualTo(1));
    }

    [Test]
    public void An_event_that_was_let_go_does_not_come_again_when_its_worker_dies()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 1);
        fixture.Workers[0].AfterEvent = _ =>
        {
            fixture.Workers[0].Releaser.Release();
            throw new InvalidDataException("late");
        };
        _ring.PublishNext();
        fixture.Start();
        fixture.MustEnd();

        fixture.Start();

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        Assert.That(fixture.Handled, Is.EqualTo(new long[] { 0 }));
    }

    [Test]
    public void To_let_go_without_an_event_in_hand_does_nothing()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 1);

        fixture.Workers[0].Releaser.Release();

        _ring.PublishMany(Size);
        Assert.That(_ring.TryNext(out _), Is.False);
    }

    [Test]
    public void One_position_stands_for_the_whole_pool_and_in_any_order()
    {
        WorkerPool<T> pool = new(_ring, [], new FatalExceptionHandler<T>(), new RecordingWorker<T>(), new RecordingWorker<T>());
        Sequence beside = new();

        Assert.Multiple(() =>
        {
            foreach (Sequence one in pool.Sequences)
                Assert.That(Sequence.WithGroups([one]), Is.EqualTo(pool.Sequences));
            Assert.That(Sequence.WithGroups([beside, .. pool.Sequences.Reverse(), beside]), Is.EqualTo(pool.Sequences.Prepend(beside)));
        });
    }

    [Test]
    public void A_pool_that_gates_by_one_of_its_positions_is_waited_for_and_leaves_by_another()
    {
        WorkerPool<T> pool = new(_ring, [], new FatalExceptionHandler<T>(), new RecordingWorker<T>(), new RecordingWorker<T>());
        _ring.AddGatingSequences(pool.Sequences[2]);
        _ring.PublishMany(Size);
        Assert.That(_ring.TryNext(out _), Is.False);

        Assert.That(_ring.RemoveGatingSequence(pool.Sequences[1]), Is.True);

        Assert.That(_ring.TryNext(out _), Is.True);
        Assert.That(_ring.RemoveGatingSequence(pool.Sequences[0]), Is.False);
    }

    [Test]
    public void Missing_and_bad_arguments_are_refused()
    {
        FatalExceptionHandler<T> fatal = new();
        RecordingWorker<T> worker = new();

        Assert.Multiple(() =>
        {
            Assert.That(() => new WorkerPool<T>(null!, [], fatal, worker), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("ring"));
            Assert.That(() => new WorkerPool<T>(_ring, null!, fatal, worker), Throws.ArgumentNullException);
            Assert.That(() => new WorkerPool<T>(_ring, [null!], fatal, worker), Throws.ArgumentNullException);
            Assert.That(() => new WorkerPool<T>(_ring, [], null!, worker), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("exceptionHandler"));
            Assert.That(() => new WorkerPool<T>(_ring, [], fatal, null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("handlers"));
            Assert.That(() => new WorkerPool<T>(_ring, [], fatal), Throws.ArgumentException);
            Assert.That(() => new WorkerPool<T>(_ring, [], fatal, worker, null!), Throws.ArgumentNullException.With.Message.Contains("Handler 1"));
            Assert.That(() => new WorkerPool<T>(_ring, [], fatal, worker, worker), Throws.ArgumentException.With.Message.Contains("Handler 1"));
            Assert.That(() => new WorkerPool<T>(_ring, [], fatal, worker).Start(null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public void A_thread_factory_that_returns_none_is_refused_and_nothing_is_started()
    {
        using PoolFixture<T> fixture = new(_ring, workers: 2);
        int threads = 0;

        Assert.That(
            () => fixture.Pool.Start(run => threads++ == 0 ? new Thread(run) : null!),
            Throws.InvalidOperationException.With.Message.Contains("returned null"));

        Assert.That(fixture.Pool.IsRunning, Is.False);
        Assert.That(fixture.Workers.Select(worker => worker.Starts), Is.All.Zero);
    }

    [Test]
    public void Handling_events_allocates_nothing()
    {
        const int Events = 100_000;
        AllocationProbe handler = new();
        using PoolFixture<T> fixture = new(RingBuffer.CreateSingleProducer(() => new T(), 1024), handler);
        fixture.Start();

        fixture.Ring.PublishMany(Events);

        Assert.That(fixture.Pool.DrainAndHalt(), Is.True);
        Assert.That(handler.Window.Least, Is.Zero);
    }

    private static void Throw(bool when, string message)
    {
        if (when)
            throw new InvalidDataException(message);
    }

    private static void ThrowIf(bool fails)
    {
        if (fails)
            throw new InvalidDataException("planted");
    }

    private sealed class FailingAtTimeout : IWorkHandler<T>, ITimeoutHandler
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void OnEvent(ref T evt, long sequence) => Volatile.Write(ref _count, _count + 1);

        public void OnTimeout(long sequence) => throw new InvalidDataException($"after {sequence}");
    }

    /// <summary>What its thread allocates from the event of 1000 on.</summary>
    private sealed class AllocationProbe : IWorkHandler<T>
    {
        public AllocationWindow Window { get; } = new();

        public void OnEvent(ref T evt, long sequence) => Window.Count();
    }
}
