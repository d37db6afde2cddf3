using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

/// <summary>Handlers that are added and removed while others run.</summary>
[TestFixture(ProducerType.Single)]
[TestFixture(ProducerType.Multi)]
public class RunningHandlersTests(ProducerType producerType)
{
    private const int Size = 8;

    private RecordingHandler<ClassEvent> _first = null!;
    private Disruptor<ClassEvent> _disruptor = null!;

    [SetUp]
    public void CreateDisruptor()
    {
        _first = new RecordingHandler<ClassEvent>();
        _disruptor = CreateDisruptor(threadFactory: null);
    }

    [TearDown]
    public void DisposeDisruptor() => _disruptor.Dispose();

    [Test]
    public void A_handler_that_is_added_sees_what_is_published_from_then_on()
    {
        RecordingHandler<ClassEvent> late = new();
        _disruptor.HandleEventsWith(_first);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(3);

        _disruptor.AddHandler(late);
        ring.PublishMany(4);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(late.Sequences, Is.EqualTo(new long[] { 3, 4, 5, 6 }));
        Assert.That((late.Starts, late.Shutdowns), Is.EqualTo((1, 1)));
    }

    [Test]
    public void A_handler_that_is_added_at_the_oldest_sees_all_that_another_has_still_to_handle()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> late = new();
        _disruptor.HandleEventsWith(gate.Handler, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        _disruptor.Start().PublishMany(Size);
        gate.LetPass(2);
        gate.AwaitEntry(2);

        _disruptor.AddHandler(late, StartPosition.Oldest);
        gate.LetPass(Size);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(late.Sequences, Is.EqualTo(RingExtensions.Range(2, Size - 2)));
    }

    [Test]
    public void A_handler_that_is_added_at_the_oldest_beside_a_pool_sees_all_that_is_still_to_be_taken()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> late = new();
        _disruptor.HandleEventsWithWorkerPool(gate);
        _disruptor.Start().PublishMany(Size);
        gate.LetPass(2);
        gate.AwaitEntry(2);

        _disruptor.AddHandler(late, StartPosition.Oldest);
        gate.LetPass(Size);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(late.Sequences, Is.EqualTo(RingExtensions.Range(3, Size - 3)), "the pool has 2 in hand");
    }

    [Test]
    public void A_handler_that_is_added_holds_producers_up()
    {
        using Gate gate = new();
        RingBuffer<ClassEvent> ring = StartWithFirst();
        _disruptor.AddHandler(gate.Handler);

        ring.PublishMany(Size);

        Assert.That(ring.TryNext(out _), Is.False);
        gate.LetPass(Size);
    }

    [Test]
    public void A_handler_can_be_added_behind_others_and_before_others()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> second = new();
        RecordingHandler<ClassEvent> third = new();
        _disruptor.HandleEventsWith(gate.Handler, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        _disruptor.After(gate.Handler).AddHandler(second).AddHandler(third);
        ring.PublishMany(4);

        gate.LetPass(2);

        Eventually.Holds(() => third.Count == 2, "what the stages before it have handled");
        Assert.That(_disruptor.GetSequenceValueFor(second), Is.EqualTo(1));
        gate.LetPass(4);
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That((second.Count, third.Count), Is.EqualTo((4, 4)));
    }

    [Test]
    public void A_handler_can_be_added_by_a_handler()
    {
        RecordingHandler<ClassEvent> late = new();
        RecordingHandler<ClassEvent> adding = new()
        {
            BeforeEvent = sequence =>
            {
                if (sequence == 0)
                    _disruptor.AddHandler(late, StartPosition.Oldest);
            },
        };
        _disruptor.HandleEventsWith(adding);
        _disruptor.Start().PublishMany(3);

        Eventually.Holds(() => late.Count == 3, "it was added, and has handled all");
        Assert.That(_disruptor.Shutdown(), Is.True);
    }

    [Test]
    public void The_options_hold_for_a_handler_that_is_added()
    {
        RecordingExceptionHandler<ClassEvent> failures = new();
        RecordingHandler<ClassEvent> late = new() { BeforeEvent = _ => throw new InvalidDataException("planted") };
        RingBuffer<ClassEvent> ring = StartWithFirst();

        _disruptor.AddHandler(late, StartPosition.Latest, new ConsumerOptions<ClassEvent> { ExceptionHandler = failures });
        ring.PublishMany(2);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(failures.Failures, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_handler_is_added_only_while_the_disruptor_runs()
    {
        Assert.That(() => _disruptor.AddHandler(_first), Throws.InvalidOperationException.With.Message.Contains("not started"));
        RecordingHandler<ClassEvent> late = new();
        RingBuffer<ClassEvent> ring = StartWithFirst();
        ring.Close(new InvalidDataException("over"));
        Assert.That(() => _disruptor.AddHandler(late), Throws.TypeOf<RingClosedException>().With.InnerException.Message.EqualTo("over"));
        _disruptor.Halt();
        Assert.That(() => _disruptor.AddHandler(late), Throws.InvalidOperationException.With.Message.Contains("halted"));

        Assert.That(late.Starts, Is.Zero);
    }

    [Test]
    public void Bad_additions_are_refused_and_change_nothing()
    {
        RingBuffer<ClassEvent> ring = StartWithFirst();

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.AddHandler(_first), Throws.ArgumentException.With.Message.Contains("added before"));
            Assert.That(() => _disruptor.AddHandler(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("handler"));
            Assert.That(
                () => _disruptor.AddHandler(new RecordingHandler<ClassEvent>(), (StartPosition)7),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("start"));
        });

        ring.PublishMany(3 * Size);
        Assert.That(_disruptor.Shutdown(), Is.True);
    }

    [Test]
    public void A_handler_for_which_there_is_no_thread_is_not_added()
    {
        int threads = 0;
        using Disruptor<ClassEvent> disruptor = CreateDisruptor(run => ++threads == 1 ? new Thread(run) { IsBackground = true } : null!);
        disruptor.HandleEventsWith(_first);
        RingBuffer<ClassEvent> ring = disruptor.Start();

        Assert.That(() => disruptor.AddHandler(new RecordingHandler<ClassEvent>()), Throws.InvalidOperationException.With.Message.Contains("null"));

        ring.PublishMany(3 * Size);
        Assert.That(disruptor.Shutdown(), Is.True);
    }

    [Test]
    public void A_handler_that_is_removed_handles_what_was_published_before()
    {
        RecordingHandler<ClassEvent> leaving = new();
        _disruptor.HandleEventsWith(_first, leaving);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(5);

        Assert.That(_disruptor.RemoveHandler(leaving, Timeout.InfiniteTimeSpan), Is.Zero);

        Assert.That(leaving.Shutdowns, Is.EqualTo(1));
        ring.PublishMany(3 * Size);
        Assert.That(leaving.Sequences, Is.EqualTo(RingExtensions.Range(0, 5)));
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(_first.Count, Is.EqualTo(5 + (3 * Size)));
    }

    [Test]
    public void A_handler_that_is_removed_without_a_drain_says_what_it_leaves()
    {
        using Gate gate = new();
        StartWithFirst();
        _disruptor.AddHandler(gate.Handler, StartPosition.Latest, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        _disruptor.RingBuffer.PublishMany(5);
        gate.AwaitEntry(0);

        Background remover = Background.Run(() => Assert.That(_disruptor.RemoveHandler(gate.Handler, TimeSpan.Zero), Is.EqualTo(4)));
        Eventually.Holds(() => remover.IsAsleep, "it waits for the event in hand");
        gate.LetPass(1);

        remover.Join();
        _disruptor.RingBuffer.PublishMany(3 * Size);
    }

    [Test]
    public void The_handlers_before_one_that_was_removed_hold_producers_up()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> last = new();
        _disruptor.HandleEventsWith(gate.Handler).Then(last);
        RingBuffer<ClassEvent> ring = _disruptor.Start();

        Assert.That(_disruptor.RemoveHandler(last, Timeout.InfiniteTimeSpan), Is.Zero);
        ring.PublishMany(Size);

        Assert.That(ring.TryNext(out _), Is.False);
        gate.LetPass(Size);
        Eventually.Holds(() => ring.RemainingCapacity == Size, "it has handled all");
    }

    [Test]
    public void The_handlers_before_one_that_was_removed_hold_producers_up_also_when_another_stands_ahead_of_them()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> behind = new(), late = new();
        _disruptor.HandleEventsWith(gate.Handler).Then(behind);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(Size);
        gate.AwaitEntry(0);
        _disruptor.After(gate.Handler).AddHandler(late);

        Assert.That(_disruptor.RemoveHandler(behind, TimeSpan.Zero), Is.EqualTo(Size));

        Assert.That(ring.TryNext(out _), Is.False);
    }

    [Test]
    public void A_handler_that_is_added_at_the_oldest_does_not_begin_before_those_it_comes_after()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> middle = new(), late = new();
        _disruptor.HandleEventsWith(gate.Handler);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(3);
        gate.AwaitEntry(0);

        _disruptor.AddHandler(middle).AddHandler(late, StartPosition.Oldest);
        ring.PublishMany(2);
        gate.LetPass(5);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(late.Sequences, Is.EqualTo(new long[] { 3, 4 }));
        Assert.That(middle.Sequences, Is.EqualTo(new long[] { 3, 4 }));
    }

    [Test]
    public void A_poller_behind_a_group_sees_what_that_has_handled()
    {
        using Gate gate = new();
        _disruptor.HandleEventsWith(gate.Handler, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        _disruptor.Start().PublishMany(3);
        gate.AwaitEntry(0);
        List<long> seen = [];
        using EventPoller<ClassEvent> poller = _disruptor.After(gate.Handler).NewPoller(StartPosition.Oldest);

        gate.LetPass(2);
        gate.AwaitEntry(2);
        poller.Poll(Record);

        Assert.That(seen, Is.EqualTo(new long[] { 0, 1 }));

        bool Record(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
            seen.Add(sequence);
            return true;
        }
    }

    [Test]
    public void A_handler_behind_a_dead_one_can_be_removed()
    {
        RecordingHandler<ClassEvent> dead = new() { BeforeEvent = _ => throw new InvalidDataException("planted") }, behind = new();
        _disruptor.HandleEventsWith(dead).Then(behind);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(1);
        Eventually.Holds(() => ring.IsClosed, "the first has died");

        Background.Run(() => Assert.That(_disruptor.RemoveHandler(behind, Timeout.InfiniteTimeSpan), Is.EqualTo(1))).Join();
    }

    [Test]
    public void A_handler_behind_a_dead_one_handles_what_that_has_passed_on_before_it_is_removed()
    {
        using Gate gate = new();
        RecordingHandler<ClassEvent> dead = new() { BeforeEvent = DieAtThree };
        _disruptor.HandleEventsWith(dead).Then(gate.Handler, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        _disruptor.RingBuffer.PublishMany(5);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        Eventually.Holds(() => ring.IsClosed, "the first has died");
        gate.AwaitEntry(0);

        Background remover = Background.Run(() => Assert.That(_disruptor.RemoveHandler(gate.Handler, Timeout.InfiniteTimeSpan), Is.EqualTo(2)));
        Eventually.Holds(() => remover.IsAsleep, "it waits");
        gate.LetPass(3);

        remover.Join();

        static void DieAtThree(long sequence)
        {
            if (sequence == 3)
                throw new InvalidDataException("planted");
        }
    }

    [Test]
    public void A_removal_that_was_interrupted_can_be_done_again()
    {
        using Gate gate = new();
        StartWithFirst();
        _disruptor.AddHandler(gate.Handler);
        _disruptor.RingBuffer.PublishNext();
        gate.AwaitEntry(0);
        Thread? thread = null;
        Background remover = Background.Run(() =>
        {
            Volatile.Write(ref thread, Thread.CurrentThread);
            Assert.That(() => _disruptor.RemoveHandler(gate.Handler, TimeSpan.Zero), Throws.InstanceOf<ThreadInterruptedException>());
        });
        Eventually.Holds(() => remover.IsAsleep, "it waits for the event in hand");

        Volatile.Read(ref thread)!.Interrupt();
        remover.Join();
        gate.LetPass(1);

        Assert.That(_disruptor.RemoveHandler(gate.Handler, Timeout.InfiniteTimeSpan), Is.Zero);
        _disruptor.RingBuffer.PublishMany(3 * Size);
    }

    [Test]
    public void A_removal_beside_a_shutdown_takes_nothing_from_the_others()
    {
        for (int round = 0; round < 200; round++)
        {
            RecordingHandler<ClassEvent> staying = new(), leaving = new();
            using Disruptor<ClassEvent> disruptor = CreateDisruptor(threadFactory: null);
            disruptor.HandleEventsWith(staying, leaving);
            disruptor.Start().PublishMany(Size);
            // It may come too late, and is told so.
            Background remover = Background.Run(() => IsRefused(() => disruptor.RemoveHandler(leaving, TimeSpan.Zero)));

            Assert.That(disruptor.Shutdown(), Is.True, "who leaves does not count");
            remover.Join();

            Assert.That(staying.Count, Is.EqualTo(Size));
        }
    }

    [Test]
    public void A_handler_that_is_removed_while_a_shutdown_looks_who_is_stuck_does_not_count()
    {
        using Gate gate = new();
        EndedProcessor ended = new();
        _disruptor.HandleEventsWith(ended);
        _disruptor.HandleEventsWith(gate.Handler, new ConsumerOptions<ClassEvent> { MaxBatchSize = 1 });
        _disruptor.Start().PublishMany(Size);
        gate.AwaitEntry(0);
        Eventually.Holds(() => ended.HasRun, "its thread is about to end");
        ended.WhenLookedAt = () =>
        {
            ended.WhenLookedAt = null;
            Background remover = Background.Run(() => _disruptor.RemoveHandler(gate.Handler, TimeSpan.Zero));
            Eventually.Holds(() => remover.IsAsleep, "it waits for the event in hand");
            gate.LetPass(1);
            remover.Join();
        };

        Assert.That(_disruptor.Shutdown(), Is.True, "who leaves does not count");

        Assert.That(ended.WhenLookedAt, Is.Null, "it was removed meanwhile");
    }

    [Test]
    public void A_handler_with_others_behind_it_stays_until_those_are_removed()
    {
        RecordingHandler<ClassEvent> last = new();
        _disruptor.HandleEventsWith(_first).Then(last);
        RingBuffer<ClassEvent> ring = _disruptor.Start();

        Assert.That(() => _disruptor.RemoveHandler(_first, TimeSpan.Zero), Throws.InvalidOperationException.With.Message.Contains("come after"));
        _ = _disruptor.RemoveHandler(last, Timeout.InfiniteTimeSpan);
        _ = _disruptor.RemoveHandler(_first, Timeout.InfiniteTimeSpan);

        ring.PublishMany(3 * Size);
        Assert.That(_disruptor.Shutdown(), Is.True, "nobody is left");
    }

    [Test]
    public void A_handler_that_was_removed_can_be_added_again()
    {
        RingBuffer<ClassEvent> ring = StartWithFirst();
        ring.PublishMany(2);
        _ = _disruptor.RemoveHandler(_first, Timeout.InfiniteTimeSpan);
        ring.PublishMany(2);

        _disruptor.AddHandler(_first);
        ring.PublishMany(2);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(_first.Sequences, Is.EqualTo(new long[] { 0, 1, 4, 5 }));
    }

    [Test]
    public void A_pool_can_be_removed()
    {
        RecordingWorker<ClassEvent> worker = new();
        RecordingWorker<ClassEvent> other = new();
        _disruptor.HandleEventsWithWorkerPool(worker, other);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(5);

        Assert.That(_disruptor.RemoveHandler(other, Timeout.InfiniteTimeSpan), Is.Zero);

        ring.PublishMany(3 * Size);
        Assert.That(worker.Count + other.Count, Is.EqualTo(5));
    }

    [Test]
    public void A_dead_handler_can_be_removed_and_says_what_it_leaves()
    {
        RecordingHandler<ClassEvent> dead = new() { BeforeEvent = sequence => throw new InvalidDataException($"at {sequence}") };
        _disruptor.HandleEventsWith(_first, dead);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(1);
        Eventually.Holds(() => ring.IsClosed, "it has died");

        Assert.That(_disruptor.RemoveHandler(dead, Timeout.InfiniteTimeSpan), Is.EqualTo(1));
        Assert.That(_disruptor.Shutdown(), Is.True, "the others have handled everything");
    }

    [Test]
    public void Bad_removals_are_refused()
    {
        Assert.That(() => _disruptor.RemoveHandler(_first, TimeSpan.Zero), Throws.InvalidOperationException.With.Message.Contains("not started"));
        InvalidOperationException? refused = null;
        RecordingHandler<ClassEvent> removing = new()
        {
            BeforeEvent = _ => refused = Assert.Throws<InvalidOperationException>(() => _disruptor.RemoveHandler(_first, TimeSpan.Zero)),
        };
        _disruptor.HandleEventsWith(_first, removing);
        _disruptor.Start().PublishNext();
        Eventually.Holds(() => removing.Count == 1, "it was called");

        Assert.Multiple(() =>
        {
            Assert.That(refused!.Message, Does.Contain("wait for itself"));
            Assert.That(() => _disruptor.RemoveHandler(null!, TimeSpan.Zero), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("handler"));
            Assert.That(() => _disruptor.RemoveHandler("unknown", TimeSpan.Zero), Throws.ArgumentException.With.Message.Contains("String"));
            Assert.That(
                () => _disruptor.RemoveHandler(_first, TimeSpan.FromMilliseconds(-2)),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("drain"));
        });
        Assert.That(_disruptor.Shutdown(), Is.True);
    }

    [Test]
    public void A_handler_that_is_being_removed_is_not_removed_twice_nor_followed()
    {
        using Gate gate = new();
        _disruptor.HandleEventsWith(gate.Handler);
        _disruptor.Start().PublishNext();
        gate.AwaitEntry(0);
        Background remover = Background.Run(() => _disruptor.RemoveHandler(gate.Handler, Timeout.InfiniteTimeSpan));
        EventHandlerGroup<ClassEvent> group = _disruptor.After(gate.Handler);
        Eventually.Holds(() => IsRefused(() => group.NewPoller().Dispose()), "it is being removed");

        Assert.That(() => _disruptor.RemoveHandler(gate.Handler, TimeSpan.Zero), Throws.InvalidOperationException.With.Message.Contains("already"));
        Assert.That(() => group.AddHandler(_first), Throws.InvalidOperationException.With.Message.Contains("removed"));
        Assert.That(() => _disruptor.AddHandler(gate.Handler), Throws.ArgumentException, "its thread still runs");

        gate.LetPass(1);
        remover.Join();
    }

    [Test]
    public void Completion_waits_for_a_handler_that_was_added_later()
    {
        using Gate gate = new();
        RingBuffer<ClassEvent> ring = StartWithFirst();
        Task completion = _disruptor.Completion;
        _disruptor.AddHandler(gate.Handler);
        ring.PublishNext();
        gate.AwaitEntry(0);

        _ = _disruptor.RemoveHandler(_first, Timeout.InfiniteTimeSpan);
        Assert.That(completion.Wait(TimeSpan.FromMilliseconds(20)), Is.False);
        gate.LetPass(1);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(completion.Wait(Eventually.Deadline), Is.True);
    }

    [Test]
    public void Completion_without_handlers_is_that_of_the_disruptor()
    {
        RingBuffer<ClassEvent> ring = StartWithFirst();
        Task completion = _disruptor.Completion;
        _ = _disruptor.RemoveHandler(_first, Timeout.InfiniteTimeSpan);
        RecordingHandler<ClassEvent> late = new();
        _disruptor.AddHandler(late);
        ring.PublishNext();
        Eventually.Holds(() => late.Count == 1, "it runs");
        _ = _disruptor.RemoveHandler(late, Timeout.InfiniteTimeSpan);
        Assert.That(completion.Wait(TimeSpan.FromMilliseconds(20)), Is.False, "more may come");

        _disruptor.Halt();

        Assert.That(completion.Wait(Eventually.Deadline), Is.True);
    }

    [Test]
    public void Completion_fails_by_a_handler_that_died_and_was_removed()
    {
        RecordingHandler<ClassEvent> dead = new() { BeforeEvent = _ => throw new InvalidDataException("planted") };
        _disruptor.HandleEventsWith(_first, dead);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishNext();
        Eventually.Holds(() => ring.IsClosed, "it has died");
        _ = _disruptor.RemoveHandler(dead, TimeSpan.Zero);

        _disruptor.Halt();

        Assert.That(
            () => _disruptor.Completion.Wait(Eventually.Deadline),
            Throws.InstanceOf<AggregateException>().With.InnerException.Message.EqualTo("planted"));
    }

    [Test]
    public void One_that_is_added_against_a_shutdown_is_refused_or_handles_everything() => AddAgainstShutdown(rounds: 100);

    [Test, Explicit("Takes long")]
    public void One_that_is_added_against_ten_thousand_shutdowns_is_refused_or_handles_everything() => AddAgainstShutdown(rounds: 10_000);

    [Test]
    public void Handlers_that_come_and_go_miss_nothing_in_between() => ComeAndGo(rounds: 50);

    [Test, Explicit("Takes long")]
    public void Ten_thousand_handlers_that_come_and_go_miss_nothing_in_between() => ComeAndGo(rounds: 10_000);

    private static bool IsRefused(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void AssertNoGap(RecordingHandler<ClassEvent> handler)
    {
        IReadOnlyList<long> seen = handler.Sequences;
        if (seen.Count > 0)
            Assert.That(seen, Is.EqualTo(RingExtensions.Range(seen[0], seen.Count)));
        Assert.That(handler.Values, Is.EqualTo(seen), "as they were published");
    }

    private void AddAgainstShutdown(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            RecordingHandler<ClassEvent> late = new();
            bool isAdded = false;
            using Disruptor<ClassEvent> disruptor = CreateDisruptor(threadFactory: null);
            disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
            disruptor.Start().PublishMany(Size);
            Background adder = Background.Run(() =>
            {
                try
                {
                    disruptor.AddHandler(late, StartPosition.Oldest);
                    isAdded = true;
                }
                catch (Exception exception) when (exception is RingClosedException or InvalidOperationException)
                {
                    // Too late, and told so.
                }
            });

            Assert.That(disruptor.Shutdown(), Is.True);
            adder.Join();

            AssertNoGap(late);
            Assert.That(late.Count == 0 || late.Sequences[^1] == Size - 1, Is.True, "all to the last");
            Assert.That(isAdded ? disruptor.GetSequenceValueFor(late) : Size - 1, Is.EqualTo(Size - 1), "all, if it was added");
            Assert.That(late.Shutdowns, Is.EqualTo(late.Starts));
        }
    }

    private void ComeAndGo(int rounds)
    {
        RingBuffer<ClassEvent> ring = StartWithFirst();
        Background[] producers = Background.Run(producerType is ProducerType.Single ? 1 : 2, _ => ring.PublishUntilClosed());
        Background[] visitors = Background.Run(2, visitor =>
        {
            for (int round = 0; round < rounds; round++)
                Visit(round % 2 == visitor ? StartPosition.Latest : StartPosition.Oldest);
        });
        try
        {
            Background.Join(visitors);
        }
        finally
        {
            ring.Close();
        }

        Background.Join(producers);
        Assert.That(_disruptor.Shutdown(), Is.True);
        AssertNoGap(_first);
    }

    private void Visit(StartPosition start)
    {
        RecordingHandler<ClassEvent> visitor = new();
        _disruptor.AddHandler(visitor, start);
        Eventually.Holds(() => visitor.Count > 0, "an event");
        Assert.That(_disruptor.RemoveHandler(visitor, Timeout.InfiniteTimeSpan), Is.Zero);
        AssertNoGap(visitor);
    }

    private RingBuffer<ClassEvent> StartWithFirst()
    {
        _disruptor.HandleEventsWith(_first);
        return _disruptor.Start();
    }

    private Disruptor<ClassEvent> CreateDisruptor(Func<ThreadStart, Thread>? threadFactory) =>
        new(() => new ClassEvent(), Size, threadFactory, producerType);

    /// <summary>Wants no events, and lets a test do something while somebody looks how far it is.</summary>
    private sealed class EndedProcessor : IEventProcessor
    {
        private readonly Sequence _position = new();
        private volatile bool _hasRun;

        public Action? WhenLookedAt { get; set; }

        public bool HasRun => _hasRun;

        public Sequence Sequence
        {
            get
            {
                WhenLookedAt?.Invoke();
                return _position;
            }
        }

        public bool IsRunning => false;

        public void Run()
        {
            _position.Set(long.MaxValue);
            _hasRun = true;
        }

        public void Halt()
        {
            // It has ended by itself.
        }
    }

    /// <summary>Holds whoever handles events in front of each until that is let pass; when it is disposed of, all are.</summary>
    private sealed class Gate : IWorkHandler<ClassEvent>, IDisposable
    {
        private readonly SemaphoreSlim _passes = new(0);
        private int _entries;

        public Gate() => Handler = new RecordingHandler<ClassEvent> { BeforeEvent = _ => Pass() };

        public RecordingHandler<ClassEvent> Handler { get; }

        public void OnEvent(ref ClassEvent evt, long sequence) => Pass();

        public void LetPass(int events) => _passes.Release(events);

        /// <summary>Waits until somebody is in front of this event, so is done with those before it.</summary>
        public void AwaitEntry(long sequence) =>
            Eventually.Holds(() => Volatile.Read(ref _entries) == sequence + 1, "somebody in front of the event");

        public void Dispose() => _passes.Release(1_000);

        private void Pass()
        {
            Interlocked.Increment(ref _entries);
            Assert.That(_passes.Wait(Eventually.Deadline), Is.True);
        }
    }
}
