using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

/// <summary>Threads with names, priorities and processors.</summary>
public class ConsumerThreadFactoryTests
{
    private const string BindsThreads = "Linux,Win";

    [Test]
    public void Threads_are_named_by_their_number_and_do_not_keep_the_process_alive()
    {
        ConsumerThreadFactory factory = new("orders", ThreadPriority.AboveNormal);

        Thread[] threads = [factory.Create(() => { }), factory.Create(() => { })];

        Assert.Multiple(() =>
        {
            Assert.That(threads.Select(thread => thread.Name), Is.EqualTo(new[] { "orders 0", "orders 1" }));
            Assert.That(threads.Select(thread => thread.Priority), Is.All.EqualTo(ThreadPriority.AboveNormal));
            Assert.That(threads.Select(thread => thread.IsBackground), Is.All.True);
            Assert.That(threads.Select(thread => thread.ThreadState.HasFlag(ThreadState.Unstarted)), Is.All.True);
        });
    }

    [Test]
    public void Threads_that_are_made_side_by_side_have_numbers_of_their_own()
    {
        const int Makers = 4, Each = 5_000;
        ConsumerThreadFactory factory = new();
        string?[] names = new string?[Makers * Each];
        using Barrier begin = new(Makers);

        Background[] makers = [.. Enumerable.Range(0, Makers).Select(maker => Background.Run(() =>
        {
            begin.SignalAndWait();
            for (int i = 0; i < Each; i++)
                names[(maker * Each) + i] = factory.Create(() => { }).Name;
        }))];
        Array.ForEach(makers, maker => maker.Join());

        Assert.That(names, Is.Unique);
    }

    [Test, Platform(Include = BindsThreads)]
    public void Threads_run_on_the_given_processors_in_turn()
    {
        int[] processors = [.. Enumerable.Range(0, 64).Where(IsAllowed).Take(2)];
        ConsumerThreadFactory factory = new(processors: processors);
        int[] ranOn = new int[4];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => factory.Create(() => ranOn[i] = Thread.GetCurrentProcessorId()))];

        foreach (Thread thread in threads)
        {
            thread.Start();
            Assert.That(thread.Join(Eventually.Deadline), Is.True);
        }

        Assert.That(ranOn, Is.EqualTo(Enumerable.Range(0, 4).Select(i => processors[i % processors.Length])));
    }

    [Test, Platform(Include = BindsThreads)]
    public void A_disruptor_runs_its_handlers_on_them()
    {
        int processor = Enumerable.Range(0, 64).First(IsAllowed);
        int? ranOn = null;
        RecordingHandler<ClassEvent> handler = new() { BeforeEvent = _ => ranOn = Thread.GetCurrentProcessorId() };
        using Disruptor<ClassEvent> disruptor = new(() => new ClassEvent(), 4, new ConsumerThreadFactory("pinned", processors: [processor]).Create);
        disruptor.HandleEventsWith(handler);
        disruptor.Start().PublishNext();

        Assert.That(disruptor.Shutdown(Eventually.Deadline), Is.True);

        Assert.That(ranOn, Is.EqualTo(processor));
    }

    [Test, Platform(Include = BindsThreads)]
    public void A_processor_that_the_process_may_not_use_is_refused([Values(-1, 1023, 1024, int.MaxValue)] int processor)
    {
        Assert.That(
            () => new ConsumerThreadFactory(processors: [processor]),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ActualValue").EqualTo(processor));
    }

    [Test, Platform(Exclude = BindsThreads)]
    public void Where_threads_are_not_bound_processors_are_refused()
    {
        Assert.That(() => new ConsumerThreadFactory(processors: [0]), Throws.InstanceOf<PlatformNotSupportedException>());
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new ConsumerThreadFactory(null!), Throws.ArgumentNullException);
            Assert.That(() => new ConsumerThreadFactory(priority: (ThreadPriority)5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new ConsumerThreadFactory().Create(null!), Throws.ArgumentNullException);
        });
    }

    private static bool IsAllowed(int processor)
    {
        try
        {
            _ = new ConsumerThreadFactory(processors: [processor]);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
