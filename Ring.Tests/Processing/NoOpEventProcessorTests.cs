using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Processing;

/// <summary>A stage that does nothing.</summary>
public class NoOpEventProcessorTests
{
    private readonly RingBuffer<ClassEvent> _ring = RingBuffer.CreateMultiProducer(() => new ClassEvent(), 4);

    [Test]
    public void Events_pass_through_it()
    {
        NoOpEventProcessor<ClassEvent> processor = new(_ring, _ring.NewBarrier());
        _ring.AddGatingSequences(processor.Sequence);
        Background thread = Background.Run(processor.Run);

        _ring.PublishMany(20);

        processor.HaltOnceAt(19, thread);
    }

    [Test]
    public void It_runs_until_it_is_halted_and_can_run_again()
    {
        NoOpEventProcessor<ClassEvent> processor = new(_ring, _ring.NewBarrier());
        for (int run = 0; run < 3; run++)
        {
            Background thread = Background.Run(processor.Run);
            Eventually.Holds(() => processor.IsRunning, "it runs");

            processor.Halt();

            thread.Join();
            Assert.That(processor.IsRunning, Is.False);
        }
    }

    [Test]
    public void Missing_arguments_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => new NoOpEventProcessor<ClassEvent>(null!, _ring.NewBarrier()), Throws.ArgumentNullException);
            Assert.That(() => new NoOpEventProcessor<ClassEvent>(_ring, null!), Throws.ArgumentNullException);
        });
    }
}
