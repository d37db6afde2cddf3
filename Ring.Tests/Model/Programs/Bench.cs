using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A ring with one processor, as most programs about processors begin.</summary>
internal sealed class Bench
{
    public Bench(StrategyCase strategy, ProducerType type, int size, Action<long>? afterEvent = null, Sequence? after = null)
    {
        Ring = RingBuffer.Create(type, () => new ModelEvent(), size, strategy.Create());
        Handler = new ModelHandler { AfterEvent = afterEvent ?? (_ => { }) };
        Processor = new BatchEventProcessor<ModelEvent>(Ring, after is null ? Ring.NewBarrier() : Ring.NewBarrier(after), Handler);
        Ring.AddGatingSequences(Processor.Sequence);
    }

    public RingBuffer<ModelEvent> Ring { get; }

    public ModelHandler Handler { get; }

    public BatchEventProcessor<ModelEvent> Processor { get; }

    public void Publish(long value)
    {
        long sequence = Ring.Next();
        Ring[sequence].Fill(value);
        Ring.Publish(sequence);
    }

    /// <summary>Waits until the processor has handled a sequence.</summary>
    public void AwaitHandled(long sequence)
    {
        while (Processor.Sequence.Value < sequence)
            Machine.SpinHint();
    }

    public ModelThread StartProcessor() => Machine.Start(Processor.Run, "processor");
}
