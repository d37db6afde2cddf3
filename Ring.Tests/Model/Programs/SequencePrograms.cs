using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A sequence by itself.</summary>
internal static class SequencePrograms
{
    public static IEnumerable<ModelProgram> Get()
    {
        foreach ((string by, Action<Sequence> move) in Moves)
        {
            yield return new ModelProgram($"a move by {by} is seen", () => BeSeen(move), new CheckOptions());
            yield return new ModelProgram($"a move by {by} wakes who sleeps for it", () => Wake(move), new CheckOptions());
        }

        yield return new ModelProgram("of two fenced moves one sees the other", SeeEachOther, new CheckOptions());
        yield return Count("additions", sequence => sequence.IncrementAndGet());
        yield return Count("compare-and-sets", IncrementByCompareAndSet);
        yield return new ModelProgram("a cell that two threads raise does not fall", Raise, new CheckOptions());
    }

    private static (string By, Action<Sequence> Move)[] Moves =>
    [
        ("set", sequence => sequence.Set(0)),
        ("a fenced set", sequence => sequence.SetFenced(0)),
        ("an addition", sequence => sequence.AddAndGet(1)),
        ("a compare-and-set", sequence => Machine.Require(sequence.CompareAndSet(-1, 0), "nobody else moves it")),
    ];

    private static void BeSeen(Action<Sequence> move)
    {
        Sequence sequence = new();
        ModelEvent e = new();
        ModelThread mover = Machine.Start(() =>
        {
            e.Value = 1;
            move(sequence);
        });
        while (sequence.Value < 0)
            Machine.SpinHint();
        Machine.Require(e.Value == 1, "what was done before the move is seen");
        Machine.Join(mover);
    }

    private static void Wake(Action<Sequence> move)
    {
        Sequence sequence = new();
        RingBuffer<ModelEvent> ring = RingBuffer.CreateMultiProducer(() => new ModelEvent(), 1, new BlockingWaitStrategy());
        ModelThread sleeper = Machine.Start(
            () => Machine.Require(ring.NewBarrier(sequence).WaitFor(0).Sequence == 0, "the move is seen"),
            "sleeper");
        move(sequence);
        Machine.Join(sleeper);
    }

    private static void SeeEachOther()
    {
        Sequence first = new();
        Sequence second = new();
        long seenByFirst = 0;
        long seenBySecond = 0;
        Machine.Parallel(
            () =>
            {
                first.SetFenced(0);
                seenByFirst = second.Value;
            },
            () =>
            {
                second.SetFenced(0);
                seenBySecond = first.Value;
            });
        Machine.Require(seenByFirst == 0 || seenBySecond == 0, "one of them sees the other");
    }

    private static void Raise()
    {
        PaddedLong cell = new(0);
        Machine.Parallel(() => cell.RaiseTo(1), () => cell.RaiseTo(2));
        Machine.Require(cell.ReadAcquire() == 2, "the higher one stays");
    }

    private static ModelProgram Count(string by, Action<Sequence> increment) => new($"two threads count by {by}", () =>
    {
        Sequence sequence = new();
        Machine.Parallel(() => increment(sequence), () => increment(sequence));
        Machine.Require(sequence.Value == 1, "no step is lost");
    }, new CheckOptions());

    private static void IncrementByCompareAndSet(Sequence sequence)
    {
        long value;
        do
        {
            value = sequence.Value;
        }
        while (!sequence.CompareAndSet(value, value + 1));
    }
}
