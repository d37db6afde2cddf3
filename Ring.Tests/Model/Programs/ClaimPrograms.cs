#if WOVEN
extern alias shadows;

#endif
using Ring.Core;
using Ring.Tests.Model.Engine;
#if WOVEN
using CancellationTokenSource = shadows::System.Threading.CancellationTokenSource;
#endif

namespace Ring.Tests.Model.Programs;

/// <summary>Claims that end before there is room, and rings that do not begin at the beginning: no hole, and nobody hangs.</summary>
internal static class ClaimPrograms
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>No wait ends by itself, so that no lost wake-up is hidden.</summary>
    private static readonly CheckOptions NoTimeouts = new() { Timeouts = TimeoutRule.Never };

    /// <summary>The time may be over at any moment.</summary>
    private static readonly CheckOptions OneTimeout = new() { Timeouts = TimeoutRule.Early };

    public static IEnumerable<ModelProgram> Get()
    {
        foreach (ProducerType type in Enum.GetValues<ProducerType>())
        {
            foreach (int size in (int[])[1, 2])
            {
                yield return new($"{type} size {size}: a claim with a timeout", () => ClaimInTime(type, size), OneTimeout);
                yield return new($"{type} size {size}: a claim that is cancelled", () => ClaimUnlessCancelled(type, size), NoTimeouts);
            }

            yield return new($"{type}: a cancelled claim, and nobody moves", () => CancelInFrontOfFull(type), NoTimeouts);
            yield return new($"{type}: the ring closes, a claim with a timeout waits", () => CloseBeforeTime(type), OneTimeout);
            yield return new($"{type}: a handler claims of its own full ring", () => ClaimInHandler(type), NoTimeouts);
            yield return new($"{type}: a ring that begins at a position", () => BeginAtPosition(type), NoTimeouts);
            yield return new($"{type}: a batch is given up", () => AbandonBatch(type), NoTimeouts);
            yield return new($"{type}: availability against a claim", () => AskAgainstClaim(type), NoTimeouts);
            yield return new($"{type}: a batch is seen as a whole", () => SeeBatch(type), NoTimeouts);
        }

        yield return new("Multi: two producers in front of a full ring", TwoWaitForRoom, NoTimeouts, Cost.Large);
        yield return new("Multi: two producers, the time of one is over", () => OneOfTwoGivesUp(TakeInTime), OneTimeout, Cost.Large);
        yield return new("Multi: two producers, one is cancelled", OneOfTwoIsCancelled, NoTimeouts, Cost.Large);
    }

    private static void ClaimInTime(ProducerType type, int size)
    {
        Bench bench = CreateFull(type, size);
        ModelThread consumer = Machine.Start(() => bench.Processor.Sequence.Set(0), "consumer");
        int taken = TakeInTime(bench) ? 1 : 0;
        Machine.Join(consumer);
        CheckForHole(bench, size, taken);
    }

    private static void ClaimUnlessCancelled(ProducerType type, int size)
    {
        Bench bench = CreateFull(type, size);
        CancellationTokenSource source = new();
        ModelThread consumer = Machine.Start(() => bench.Processor.Sequence.Set(0), "consumer");
        ModelThread canceller = Machine.Start(source.Cancel, "canceller");
        int taken = TakeUnlessCancelled(bench, source) ? 1 : 0;
        Machine.Join(canceller);
        Machine.Join(consumer);
        CheckForHole(bench, size, taken);
    }

    /// <summary>Only the cancellation can end the wait.</summary>
    private static void CancelInFrontOfFull(ProducerType type)
    {
        Bench bench = CreateFull(type, size: 1);
        CancellationTokenSource source = new();
        ModelThread canceller = Machine.Start(source.Cancel, "canceller");
        Machine.Require(!TakeUnlessCancelled(bench, source), "there is no room");
        Machine.Join(canceller);
        Machine.Require(bench.Ring.RemainingCapacity == 0 && bench.Ring.Cursor == 0, "the ring is as it was");
    }

    private static void CloseBeforeTime(ProducerType type)
    {
        Bench bench = CreateFull(type, size: 1);
        ModelThread closer = Machine.Start(() => bench.Ring.Close(), "closer");
        try
        {
            Machine.Require(!TakeInTime(bench), "there is no room");
        }
        catch (RingClosedException)
        {
            Machine.Require(bench.Ring.IsClosed, "nobody is told so of an open ring");
        }

        Machine.Join(closer);
    }

    private static void ClaimInHandler(ProducerType type)
    {
        Bench bench = null!;
        bench = new Bench(StrategyCase.Blocking, type, size: 1, _ => bench.Publish(2));
        bench.Publish(1);
        ModelThread processor = bench.StartProcessor();
        Machine.Join(processor);
        Machine.Require(bench.Ring.CloseCause is InvalidOperationException and not RingClosedException, "the handler is told");
    }

    private static void BeginAtPosition(ProducerType type)
    {
        const long Start = (2L << 32) - 2;
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 2, new BusySpinWaitStrategy());
        ring.Claim(Start);
        Stage stage = new(ring, ring.NewBarrier(), number: 0, Topology.Parallel);
        ring.AddGatingSequences(stage.Sequence);
        ModelThread consumer = Machine.Start(() => stage.RunTo(Start + 3), "consumer");
        for (long value = 1; value <= 3; value++)
        {
            long sequence = ring.Next();
            Machine.Require(sequence == Start + value, "claims go on behind the position");
            ring[sequence].Fill(value);
            ring.Publish(sequence);
        }

        Machine.Join(consumer);
        Machine.Require(stage.Values.SequenceEqual([1L, 2L, 3L]), "what lies behind the position is handled, and nothing else");
    }

    private static void AbandonBatch(ProducerType type)
    {
        Bench bench = null!;
        bench = new Bench(StrategyCase.BusySpin, type, size: 2, _ => bench.Processor.Halt());
        ModelThread processor = bench.StartProcessor();
        using (PublishingBatch<ModelEvent> batch = bench.Ring.PublishEvents(2))
        {
            batch[0].Fill(8);
            batch[1].Fill(9);
        }

        bench.Publish(1);
        Machine.Join(processor);
        Machine.Require(bench.Handler.Values.SequenceEqual([1L]), "nothing of the batch is handled");
    }

    /// <summary>Who is given the first event of a batch is given the last, too.</summary>
    private static void SeeBatch(ProducerType type)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 2, new BusySpinWaitStrategy());
        ModelThread consumer = Machine.Start(
            () =>
            {
                long last = ring.NewBarrier().WaitFor(0).Sequence;
                Machine.Require(last == 1 && ring[last].Value == 2, "nobody sees half of a batch");
            },
            "consumer");
        long hi = ring.Next(2);
        ring[hi - 1].Fill(1);
        ring[hi].Fill(2);
        ring.Publish(hi - 1, hi);
        Machine.Join(consumer);
    }

    /// <summary>An event that is not handled yet can be seen all the time, whoever waits to overwrite it.</summary>
    private static void AskAgainstClaim(ProducerType type)
    {
        Bench bench = CreateFull(type, size: 1);
        ModelThread producer = Machine.Start(() => bench.Publish(2), "producer");
        Machine.Require(bench.Ring.IsAvailable(0), "the event is there until it is handled");
        Machine.Require(bench.Ring.GetHighestPublishedSequence(0, 1) == 0, "and nothing behind it");
        bench.Processor.Sequence.Set(0);
        Machine.Join(producer);
        Machine.Require(!bench.Ring.IsAvailable(0) && bench.Ring.IsAvailable(1), "the next lap has taken its place");
    }

    /// <summary>One move makes room for both.</summary>
    private static void TwoWaitForRoom()
    {
        Bench bench = CreateFull(ProducerType.Multi, size: 2);
        ModelThread other = Machine.Start(() => bench.Publish(20), "other producer");
        ModelThread consumer = Machine.Start(() => bench.Processor.Sequence.Set(1), "consumer");
        bench.Publish(10);
        Machine.Join(other);
        Machine.Join(consumer);
        Machine.Require(bench.Ring.GetHighestPublishedSequence(2, 3) == 3, "both are published, without a hole");
        Machine.Require(bench.Ring.Cursor == 3, "nobody has claimed more");
    }

    private static void OneOfTwoIsCancelled()
    {
        CancellationTokenSource source = new();
        ModelThread? canceller = null;
        OneOfTwoGivesUp(bench =>
        {
            canceller = Machine.Start(source.Cancel, "canceller");
            bool taken = TakeUnlessCancelled(bench, source);
            Machine.Join(canceller);
            return taken;
        });
    }

    /// <summary>The sequence that one gives up is the other's, or was never claimed.</summary>
    private static void OneOfTwoGivesUp(Func<Bench, bool> take)
    {
        Bench bench = CreateFull(ProducerType.Multi, size: 1);
        ModelThread other = Machine.Start(() => bench.Publish(2), "other producer");
        bench.Processor.Sequence.Set(0);
        bool taken = take(bench);
        if (!taken)
        {
            Machine.Join(other);
            Machine.Require(bench.Ring.Cursor == 1 && bench.Ring.IsAvailable(1), "the other's claim is all there is");
            return;
        }

        bench.Processor.Sequence.Set(1);
        Machine.Join(other);
        Machine.Require(bench.Ring.Cursor == 2 && bench.Ring.IsAvailable(2), "both are published, without a hole");
    }

    private static bool TakeInTime(Bench bench)
    {
        if (!bench.Ring.TryNext(Moment, out long sequence))
            return false;
        Publish(bench.Ring, sequence);
        return true;
    }

    private static bool TakeUnlessCancelled(Bench bench, CancellationTokenSource source)
    {
        try
        {
            Publish(bench.Ring, bench.Ring.Next(source.Token));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void Publish(RingBuffer<ModelEvent> ring, long sequence)
    {
        ring[sequence].Fill(sequence + 1);
        ring.Publish(sequence);
    }

    /// <summary>One more event after whatever was, in a row with all before it.</summary>
    private static void CheckForHole(Bench bench, int size, int taken)
    {
        Machine.Require(bench.Ring.RemainingCapacity == 1 - taken, "what was not claimed is free");
        bench.Processor.Sequence.Set(size - 1 + taken);
        bench.Publish(2);
        long last = size + taken;
        Machine.Require(bench.Ring.Cursor == last && bench.Ring.IsAvailable(last), "there is no hole");
    }

    private static Bench CreateFull(ProducerType type, int size)
    {
        Bench bench = new(StrategyCase.BusySpin, type, size);
        for (int i = 1; i <= size; i++)
            bench.Publish(i);
        return bench;
    }
}
