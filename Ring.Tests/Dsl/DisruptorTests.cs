using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

[TestFixture]
public class DisruptorTests
{
    private const int Size = 8;

    private Disruptor<ClassEvent> _disruptor = null!;

    [SetUp]
    public void CreateDisruptor() => _disruptor = new Disruptor<ClassEvent>(() => new ClassEvent(), Size);

    [TearDown]
    public void DisposeDisruptor() => _disruptor.Dispose();

    [Test]
    public void Every_handler_sees_every_event()
    {
        RecordingHandler<ClassEvent> one = new(), two = new();
        _disruptor.HandleEventsWith(one, two);
        _disruptor.Start().PublishMany(100);

        Assert.That(_disruptor.Shutdown(), Is.True);

        Assert.That(one.Sequences, Is.EqualTo(RingExtensions.Range(0, 100)));
        Assert.That(two.Sequences, Is.EqualTo(RingExtensions.Range(0, 100)));
    }

    [Test]
    public void A_stage_sees_an_event_after_all_of_the_stage_before()
    {
        StageProbe probe = new();
        _disruptor
            .HandleEventsWith(probe.Stage(0), probe.Stage(0))
            .Then(probe.Stage(1))
            .Then(probe.Stage(2), probe.Stage(2));
        _disruptor.Start().PublishMany(1_000);

        Assert.That(_disruptor.Shutdown(), Is.True);

        Assert.That(probe.Failures, Is.Empty);
        Assert.That(probe.Handled, Is.EqualTo(5 * 1_000));
    }

    [Test]
    public void Two_chains_may_begin_at_one_stage()
    {
        RecordingHandler<ClassEvent> first = new(), left = new(), right = new();
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(first);
        group.Then(left);
        group.Then(right);
        _disruptor.Start().PublishMany(100);

        Assert.That(_disruptor.Shutdown(), Is.True);

        Assert.That(left.Sequences, Is.EqualTo(RingExtensions.Range(0, 100)));
        Assert.That(right.Sequences, Is.EqualTo(RingExtensions.Range(0, 100)));
    }

    [Test]
    public void Only_the_ends_of_the_chains_hold_the_producer_back()
    {
        using ManualResetEventSlim go = new();
        RecordingHandler<ClassEvent> last = new() { BeforeEvent = _ => go.Wait(Eventually.Deadline) };
        RecordingHandler<ClassEvent> first = new();
        _disruptor.HandleEventsWith(first).Then(last);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(Size);

        Eventually.Holds(() => first.Count == Size, "the first stage is through");
        Assert.That(ring.TryNext(out _), Is.False, "the last one is not");
        go.Set();
        ring.PublishNext();
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(last.Count, Is.EqualTo(Size + 1));
    }

    [Test]
    public void What_is_published_before_the_start_is_handled()
    {
        RecordingHandler<ClassEvent> first = new(), second = new();
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(first);
        _disruptor.RingBuffer.PublishMany(3);
        group.Then(second);
        _disruptor.RingBuffer.PublishMany(3);

        _disruptor.Start();

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(first.Sequences, Is.EqualTo(RingExtensions.Range(0, 6)));
        Assert.That(second.Sequences, Is.EqualTo(RingExtensions.Range(0, 6)));
    }

    [Test]
    public void A_shutdown_waits_for_a_handler_whose_thread_has_not_come_to_it_yet()
    {
        using ManualResetEventSlim go = new();
        RecordingHandler<ClassEvent> handler = new();
        Thread Late(ThreadStart run) => new(() =>
        {
            go.Wait(Eventually.Deadline);
            run();
        })
        { IsBackground = true };
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, Late);
        disruptor.HandleEventsWith(handler);
        disruptor.RingBuffer.PublishMany(5);
        disruptor.Start();

        Assert.That(disruptor.Shutdown(TimeSpan.FromMilliseconds(1)), Is.False);
        go.Set();

        Assert.That(disruptor.Shutdown(), Is.True);
        Assert.That((handler.Starts, handler.Count, handler.Shutdowns), Is.EqualTo((1, 5, 1)));
    }

    [Test]
    public void A_shutdown_right_after_the_start_loses_nothing()
    {
        for (int round = 0; round < 50; round++)
        {
            RecordingHandler<ClassEvent> handler = new();
            using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size);
            disruptor.HandleEventsWith(handler);
            disruptor.RingBuffer.PublishMany(5);
            disruptor.Start();

            Assert.That(disruptor.Shutdown(), Is.True);

            Assert.That(handler.Count, Is.EqualTo(5));
            Assert.That((handler.Starts, handler.Shutdowns), Is.EqualTo((1, 1)));
        }
    }

    [Test]
    public void A_shutdown_whose_time_is_over_says_so_and_can_be_repeated()
    {
        using ManualResetEventSlim go = new();
        RecordingHandler<ClassEvent> handler = new() { BeforeEvent = _ => go.Wait(Eventually.Deadline) };
        _disruptor.HandleEventsWith(handler);
        _disruptor.Start().PublishMany(3);

        Assert.That(_disruptor.Shutdown(TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.That(_disruptor.RingBuffer.IsClosed, Is.True);

        go.Set();
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(handler.Count, Is.EqualTo(3));
    }

    [Test]
    public void A_shutdown_with_a_dead_handler_returns_and_says_so()
    {
        RecordingHandler<ClassEvent> handler = new() { BeforeEvent = _ => throw new InvalidDataException("boom") };
        _disruptor.HandleEventsWith(handler).Then(new RecordingHandler<ClassEvent>());
        // Before the start: the handler dies at once, and then the ring is closed.
        _disruptor.RingBuffer.PublishMany(3);
        _disruptor.Start();

        Assert.That(_disruptor.Shutdown(), Is.False);
        Assert.That(_disruptor.RingBuffer.CloseCause!.Message, Is.EqualTo("boom"));
    }

    [Test]
    public void A_shutdown_of_what_was_never_started_says_whether_something_is_left()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        Assert.That(_disruptor.Shutdown(), Is.True);

        using Disruptor<ClassEvent> other = new(() => new ClassEvent(), Size);
        other.HandleEventsWith(new RecordingHandler<ClassEvent>());
        other.RingBuffer.PublishNext();
        Assert.That(other.Shutdown(), Is.False);
    }

    [Test]
    public void Claims_that_are_being_refused_are_nothing_left([Values] ProducerType producerType)
    {
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, null, producerType);
        disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        disruptor.RingBuffer.Close();
        bool isOver = false;
        Background producer = Background.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
                disruptor.RingBuffer.TryNext(out _);
        });

        int notHandled = Enumerable.Range(0, 5_000).Count(_ => !disruptor.Shutdown());

        Volatile.Write(ref isOver, true);
        producer.Join();
        Assert.That(notHandled, Is.Zero);
    }

    [Test]
    public void A_shutdown_after_a_halt_says_that_events_are_left()
    {
        using ManualResetEventSlim inHand = new(), go = new();
        RecordingHandler<ClassEvent> handler = new()
        {
            BeforeEvent = _ =>
            {
                inHand.Set();
                go.Wait(Eventually.Deadline);
            },
        };
        _disruptor.HandleEventsWith(handler);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishNext();
        inHand.Wait(Eventually.Deadline);
        ring.PublishMany(3);
        _disruptor.Halt();
        go.Set();

        Assert.That(_disruptor.Shutdown(), Is.False);
        Assert.That(handler.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_halt_by_a_handler_ends_a_shutdown_that_waits()
    {
        RecordingHandler<ClassEvent> handler = new()
        {
            BeforeEvent = s =>
            {
                Eventually.Holds(() => _disruptor.RingBuffer.IsClosed, "the shutdown has begun");
                if (s == 0)
                    _disruptor.Halt();
            },
        };
        _disruptor.HandleEventsWith(handler).Then(new RecordingHandler<ClassEvent>());
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishNext();
        ring.PublishMany(3);

        Background shutdown = Background.Run(() => _disruptor.Shutdown());

        shutdown.Join();
        Assert.That(handler.Shutdowns, Is.EqualTo(1));
    }

    [Test]
    public void A_shutdown_with_a_thread_that_does_not_run_its_handler_returns()
    {
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, _ => new Thread(() => { }));
        disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        disruptor.Start().PublishNext();

        Assert.That(disruptor.Shutdown(), Is.False);
    }

    [Test]
    public void A_shutdown_waits_for_a_claim_that_is_open([Values] ProducerType producerType)
    {
        RecordingHandler<ClassEvent> handler = new();
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, null, producerType);
        disruptor.HandleEventsWith(handler);
        RingBuffer<ClassEvent> ring = disruptor.Start();
        long claimed = ring.Next();

        Assert.That(disruptor.Shutdown(TimeSpan.FromMilliseconds(1)), Is.False);
        ring.Publish(claimed);
        Assert.That(disruptor.Shutdown(), Is.True);

        Assert.That(handler.Sequences, Is.EqualTo(new[] { claimed }));
    }

    [Test]
    public void Every_claim_that_succeeds_beside_a_shutdown_is_handled([Values] ProducerType producerType)
    {
        for (int round = 0; round < 60; round++)
        {
            RecordingHandler<ClassEvent> handler = new();
            using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, null, producerType);
            disruptor.HandleEventsWith(handler);
            RingBuffer<ClassEvent> ring = disruptor.Start();
            int published = 0;
            Background producer = Background.Run(() =>
            {
                try
                {
                    for (; ; published++)
                        ring.PublishNext();
                }
                catch (RingClosedException)
                {
                    // The end of the round.
                }
            });
            Thread.SpinWait(50 * round);

            Assert.That(disruptor.Shutdown(), Is.True);

            producer.Join();
            Assert.That(handler.Count, Is.EqualTo(published));
        }
    }

    [Test]
    public void A_ring_that_its_user_closed_for_a_cause_is_drained_all_the_same()
    {
        RecordingHandler<ClassEvent> handler = new();
        _disruptor.HandleEventsWith(handler);
        RingBuffer<ClassEvent> ring = _disruptor.RingBuffer;
        ring.PublishMany(5);
        ring.Close(new InvalidDataException("the source broke"));
        _disruptor.Start();

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(handler.Count, Is.EqualTo(5));
    }

    [Test]
    public void A_start_after_a_halt_is_refused()
    {
        _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        _disruptor.Halt();

        Assert.That(() => _disruptor.Start(), Throws.InvalidOperationException.With.Message.Contains("halted"));
    }

    [Test]
    public void A_thread_factory_that_returns_one_thread_twice_or_a_started_one_is_refused()
    {
        Thread? one = null;
        Func<ThreadStart, Thread> same = run => one ??= new Thread(run);
        Func<ThreadStart, Thread> current = _ => Thread.CurrentThread;

        Assert.Multiple(() =>
        {
            foreach (Func<ThreadStart, Thread> factory in new[] { same, current })
            {
                RecordingHandler<ClassEvent> handler = new();
                using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, factory);
                disruptor.HandleEventsWith(handler, new RecordingHandler<ClassEvent>());
                Assert.That(() => disruptor.Start(), Throws.InvalidOperationException);
                Assert.That(handler.Starts, Is.Zero);
            }
        });
    }

    [Test]
    public void A_shutdown_wakes_a_producer_that_waits()
    {
        using ManualResetEventSlim go = new();
        RecordingHandler<ClassEvent> handler = new() { BeforeEvent = _ => go.Wait(Eventually.Deadline) };
        _disruptor.HandleEventsWith(handler);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(Size);
        Background producer = Background.Run(() => Assert.Throws<RingClosedException>(() => ring.PublishNext()));
        Eventually.Holds(() => producer.IsAsleep, "it waits");

        Assert.That(_disruptor.Shutdown(TimeSpan.Zero), Is.False);

        producer.Join();
        go.Set();
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(handler.Count, Is.EqualTo(Size));
    }

    [Test]
    public void A_halt_stops_after_the_batch_in_hand()
    {
        RecordingHandler<ClassEvent>? handler = null;
        handler = new RecordingHandler<ClassEvent> { BeforeEvent = _ => _disruptor.Halt() };
        _disruptor.HandleEventsWith(handler);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishNext();
        Eventually.Holds(() => handler.Shutdowns == 1, "it has stopped");

        Assert.That(handler.Count, Is.EqualTo(1));
        Assert.That(ring.IsClosed, Is.True);
    }

    [Test]
    public void After_dispose_no_handler_runs()
    {
        RecordingHandler<ClassEvent> handler = new();
        _disruptor.HandleEventsWith(handler);
        _disruptor.Start();

        _disruptor.Dispose();
        _disruptor.Dispose();

        Assert.That(handler.Starts, Is.EqualTo(handler.Shutdowns));
        Assert.That(() => _disruptor.RingBuffer.Next(), Throws.InstanceOf<RingClosedException>());
    }

    [Test]
    public void A_handler_that_waits_for_its_own_end_is_refused()
    {
        List<Exception> refused = [];
        RecordingHandler<ClassEvent> handler = new()
        {
            BeforeEvent = _ =>
            {
                refused.Add(Assert.Throws<InvalidOperationException>(() => _disruptor.Shutdown())!);
                refused.Add(Assert.Throws<InvalidOperationException>(() => _disruptor.Dispose())!);
            },
        };
        _disruptor.HandleEventsWith(handler);
        _disruptor.Start().PublishNext();

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(refused.Select(e => e.Message), Is.All.Contains("wait for itself"));
        Assert.That(refused, Has.Count.EqualTo(2));
    }

    [Test]
    public void Threads_come_from_the_factory()
    {
        int threads = 0;
        List<string?> names = [];
        using Disruptor<ClassEvent> disruptor = new(
            () => new ClassEvent(),
            Size,
            run => new Thread(run) { IsBackground = true, Name = $"disruptor-thread-{++threads}" });
        disruptor.HandleEventsWith(new RecordingHandler<ClassEvent> { BeforeEvent = _ => names.Add(Thread.CurrentThread.Name) });
        disruptor.Start().PublishNext();

        Assert.That(disruptor.Shutdown(), Is.True);
        Assert.That(names, Is.EqualTo(new[] { "disruptor-thread-1" }));
    }

    [Test]
    public void A_thread_factory_that_returns_none_is_refused_and_nothing_is_started()
    {
        RecordingHandler<ClassEvent> one = new();
        int threads = 0;
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, run => threads++ == 0 ? new Thread(run) : null!);
        disruptor.HandleEventsWith(one, new RecordingHandler<ClassEvent>());

        Assert.That(() => disruptor.Start(), Throws.InvalidOperationException.With.Message.Contains("returned null"));

        Assert.That(one.Starts, Is.Zero);
    }

    [Test]
    public void Configuring_after_the_start_is_refused()
    {
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>());
        _disruptor.Start();

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.HandleEventsWith(new RecordingHandler<ClassEvent>()), Throws.InvalidOperationException);
            Assert.That(() => group.Then(new RecordingHandler<ClassEvent>()), Throws.InvalidOperationException);
            Assert.That(() => _disruptor.SetDefaultExceptionHandler(new FatalExceptionHandler<ClassEvent>()), Throws.InvalidOperationException);
            Assert.That(() => _disruptor.Start(), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void Bad_handlers_are_refused_and_none_is_added()
    {
        RecordingHandler<ClassEvent> known = new(), fresh = new();
        _disruptor.HandleEventsWith(known);

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.HandleEventsWith((IEventHandler<ClassEvent>[])null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.HandleEventsWith(Array.Empty<IEventHandler<ClassEvent>>()), Throws.ArgumentException);
            Assert.That(() => _disruptor.HandleEventsWith(fresh, (RecordingHandler<ClassEvent>)null!), Throws.ArgumentNullException.With.Message.Contains("Handler 1"));
            Assert.That(() => _disruptor.HandleEventsWith(fresh, fresh), Throws.ArgumentException.With.Message.Contains("Handler 1"));
            Assert.That(() => _disruptor.HandleEventsWith(fresh, known), Throws.ArgumentException.With.Message.Contains("Handler 1"));
            Assert.That(() => _disruptor.SetDefaultExceptionHandler(null!), Throws.ArgumentNullException);
        });
        _disruptor.Start().PublishNext();
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That((known.Count, fresh.Count), Is.EqualTo((1, 0)));
    }

    [TestCase(-2)]
    [TestCase(int.MaxValue + 1d)]
    public void A_shutdown_time_out_of_range_is_refused_and_changes_nothing(double milliseconds)
    {
        Assert.That(
            () => _disruptor.Shutdown(TimeSpan.FromMilliseconds(milliseconds)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("timeout"));
        Assert.That(_disruptor.RingBuffer.IsClosed, Is.False);
    }

    /// <summary>Each stage counts in the event, and finds there what the stages before must have counted.</summary>
    private sealed class StageProbe
    {
        private int _handled;

        public System.Collections.Concurrent.ConcurrentBag<string> Failures { get; } = [];

        public int Handled => Volatile.Read(ref _handled);

        private readonly long[,] _seen = new long[3, 1_000];

        public IEventHandler<ClassEvent> Stage(int stage) => new StageHandler(this, stage);

        private sealed class StageHandler(StageProbe probe, int stage) : IEventHandler<ClassEvent>
        {
            public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
            {
                long expected = stage switch { 0 => 0, 1 => 2, _ => 1 };
                if (stage > 0 && Interlocked.Read(ref probe._seen[stage - 1, sequence]) != expected)
                    probe.Failures.Add($"stage {stage} saw {sequence} too early");
                Interlocked.Increment(ref probe._seen[stage, sequence]);
                Interlocked.Increment(ref probe._handled);
            }
        }
    }
}
