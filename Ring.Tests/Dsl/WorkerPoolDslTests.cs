using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

/// <summary>Pools of workers in the graph of a disruptor.</summary>
[TestFixture]
public class WorkerPoolDslTests
{
    private const int Size = 8;

    private Disruptor<ClassEvent> _disruptor = null!;

    [SetUp]
    public void CreateDisruptor() => _disruptor = new Disruptor<ClassEvent>(() => new ClassEvent(), Size);

    [TearDown]
    public void DisposeDisruptor() => _disruptor.Dispose();

    [Test]
    public void A_shutdown_drains_the_pool()
    {
        RecordingWorker<ClassEvent>[] workers = CreateWorkers(3);
        _disruptor.HandleEventsWithWorkerPool(workers);
        _disruptor.Start().PublishMany(1_000);

        Assert.That(_disruptor.Shutdown(), Is.True);

        Assert.That(Handled(workers), Is.EqualTo(RingExtensions.Range(0, 1_000)));
        Assert.That(workers.Select(worker => worker.Starts - worker.Shutdowns), Is.All.Zero);
    }

    [Test]
    public void Two_pools_side_by_side_each_see_every_event()
    {
        RecordingWorker<ClassEvent>[] left = CreateWorkers(2), right = CreateWorkers(2);
        _disruptor.HandleEventsWithWorkerPool(left);
        _disruptor.HandleEventsWithWorkerPool(right);
        _disruptor.Start().PublishMany(500);

        Assert.That(_disruptor.Shutdown(), Is.True);

        Assert.That(Handled(left), Is.EqualTo(RingExtensions.Range(0, 500)));
        Assert.That(Handled(right), Is.EqualTo(RingExtensions.Range(0, 500)));
    }

    [Test]
    public void Pools_and_handlers_may_follow_each_other()
    {
        RecordingHandler<ClassEvent> before = new(), after = new();
        RecordingWorker<ClassEvent>[] first = CreateWorkers(2), second = CreateWorkers(2);
        Change(first, value => value + 1_000_000);
        Change(second, value => -value);
        _disruptor
            .HandleEventsWith(before)
            .ThenHandleEventsWithWorkerPool(first)
            .HandleEventsWithWorkerPool(second)
            .Then(after);
        _disruptor.Start().PublishMany(500);

        Assert.That(_disruptor.Shutdown(), Is.True);

        Assert.That(before.Values, Is.EqualTo(RingExtensions.Range(0, 500)));
        Assert.That(first.SelectMany(worker => worker.Values).Order(), Is.EqualTo(RingExtensions.Range(0, 500)));
        Assert.That(second.SelectMany(worker => worker.Values).Order(), Is.EqualTo(RingExtensions.Range(1_000_000, 500)));
        Assert.That(after.Values, Is.EqualTo(RingExtensions.Range(1_000_000, 500).Select(value => -value)));
    }

    [Test]
    public void What_is_published_before_the_start_is_handled()
    {
        RecordingWorker<ClassEvent>[] first = CreateWorkers(2), second = CreateWorkers(2);
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWithWorkerPool(first);
        _disruptor.RingBuffer.PublishMany(3);
        group.ThenHandleEventsWithWorkerPool(second);
        _disruptor.RingBuffer.PublishMany(3);

        _disruptor.Start();

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(Handled(first), Is.EqualTo(RingExtensions.Range(0, 6)));
        Assert.That(Handled(second), Is.EqualTo(RingExtensions.Range(0, 6)));
    }

    [Test]
    public void Only_the_end_of_the_chain_holds_the_producer_back()
    {
        using ManualResetEventSlim go = new();
        RecordingWorker<ClassEvent>[] first = CreateWorkers(2);
        RecordingHandler<ClassEvent> last = new() { BeforeEvent = _ => go.Wait(Eventually.Deadline) };
        _disruptor.HandleEventsWithWorkerPool(first).Then(last);
        RingBuffer<ClassEvent> ring = _disruptor.Start();
        ring.PublishMany(Size);

        Eventually.Holds(() => Handled(first).Length == Size, "the pool is through");
        Assert.That(ring.TryNext(out _), Is.False, "the stage behind it is not");
        go.Set();
        ring.PublishNext();
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(last.Sequences, Is.EqualTo(RingExtensions.Range(0, Size + 1)));
    }

    [Test]
    public void Nobody_comes_after_an_event_whose_worker_has_died()
    {
        RecordingWorker<ClassEvent>[] workers = CreateWorkers(2);
        foreach (RecordingWorker<ClassEvent> worker in workers)
        {
            worker.BeforeEvent = sequence =>
            {
                if (sequence == 1)
                    throw new InvalidDataException("boom");
            };
        }

        RecordingHandler<ClassEvent> after = new();
        _disruptor.HandleEventsWithWorkerPool(workers).Then(after);
        _disruptor.RingBuffer.PublishMany(4);
        _disruptor.Start();

        Assert.That(_disruptor.Shutdown(), Is.False);

        Assert.That(_disruptor.RingBuffer.CloseCause!.Message, Is.EqualTo("boom"));
        Assert.That(after.Sequences, Is.SubsetOf(new[] { 0L }));
    }

    [Test]
    public void A_worker_that_fails_at_its_start_or_whose_thread_does_not_run_it_holds_up_nobody()
    {
        RecordingWorker<ClassEvent> mortal = new() { WhenStarted = () => throw new InvalidDataException("early") };
        RecordingWorker<ClassEvent> absent = new(), other = new();
        int threads = 0;
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), Size, run => new Thread(threads++ == 1 ? () => { } : run));
        disruptor.HandleEventsWithWorkerPool(mortal, absent, other);
        disruptor.RingBuffer.PublishMany(Size);
        disruptor.Start();
        Eventually.Holds(() => disruptor.RingBuffer.IsClosed, "the first has failed");

        Assert.That(disruptor.Shutdown(), Is.True);

        Assert.That(disruptor.RingBuffer.CloseCause!.Message, Is.EqualTo("early"));
        Assert.That(other.Sequences, Is.EqualTo(RingExtensions.Range(0, Size)));
    }

    [Test]
    public void The_exception_handler_that_is_set_holds_for_workers_too()
    {
        RecordingExceptionHandler<ClassEvent> failures = new();
        _disruptor.SetDefaultExceptionHandler(failures);
        RecordingWorker<ClassEvent>[] workers = CreateWorkers(2);
        foreach (RecordingWorker<ClassEvent> worker in workers)
            worker.BeforeEvent = sequence => throw new InvalidDataException($"no {sequence}");
        _disruptor.HandleEventsWithWorkerPool(workers);
        _disruptor.Start().PublishMany(2);

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(failures.Failures, Is.EquivalentTo(new[] { "event 0: no 0", "event 1: no 1" }));
    }

    [Test]
    public void A_worker_that_waits_for_its_own_end_is_refused()
    {
        Exception? refused = null;
        RecordingWorker<ClassEvent>[] workers = CreateWorkers(1);
        workers[0].BeforeEvent = _ => refused = Assert.Throws<InvalidOperationException>(() => _disruptor.Shutdown());
        _disruptor.HandleEventsWithWorkerPool(workers);
        _disruptor.Start().PublishNext();

        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That(refused!.Message, Does.Contain("wait for itself"));
    }

    [Test]
    public void Bad_workers_are_refused_and_none_is_added()
    {
        RecordingWorker<ClassEvent> known = new(), fresh = new();
        Both both = new();
        _disruptor.HandleEventsWith(both);
        EventHandlerGroup<ClassEvent> group = _disruptor.HandleEventsWithWorkerPool(known);

        Assert.Multiple(() =>
        {
            Assert.That(() => _disruptor.HandleEventsWithWorkerPool(null!), Throws.ArgumentNullException);
            Assert.That(() => _disruptor.HandleEventsWithWorkerPool(), Throws.ArgumentException);
            Assert.That(() => _disruptor.HandleEventsWithWorkerPool(fresh, null!), Throws.ArgumentNullException.With.Message.Contains("Handler 1"));
            Assert.That(() => _disruptor.HandleEventsWithWorkerPool(fresh, fresh), Throws.ArgumentException.With.Message.Contains("Handler 1"));
            Assert.That(() => group.ThenHandleEventsWithWorkerPool(fresh, known), Throws.ArgumentException.With.Message.Contains("Handler 1"));
            Assert.That(() => group.HandleEventsWithWorkerPool(both), Throws.ArgumentException.With.Message.Contains("Handler 0"));
        });
        _disruptor.Start().PublishNext();
        Assert.That(() => _disruptor.HandleEventsWithWorkerPool(fresh), Throws.InvalidOperationException);
        Assert.That(_disruptor.Shutdown(), Is.True);
        Assert.That((known.Count, fresh.Count), Is.EqualTo((1, 0)));
    }

    private static RecordingWorker<ClassEvent>[] CreateWorkers(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new RecordingWorker<ClassEvent>())];

    private void Change(RecordingWorker<ClassEvent>[] workers, Func<long, long> change)
    {
        foreach (RecordingWorker<ClassEvent> worker in workers)
            worker.AfterEvent = sequence => _disruptor.RingBuffer[sequence].Value = change(_disruptor.RingBuffer[sequence].Value);
    }

    private static long[] Handled(RecordingWorker<ClassEvent>[] workers) => [.. workers.SelectMany(worker => worker.Sequences).Order()];

    /// <summary>One object must not be called by two threads, whatever it is called for.</summary>
    private sealed class Both : IEventHandler<ClassEvent>, IWorkHandler<ClassEvent>
    {
        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
        }

        public void OnEvent(ref ClassEvent evt, long sequence)
        {
        }
    }
}
