using FsCheck;
using FsCheck.Fluent;
using Ring.Core;
using Ring.Tests.Properties.Checking;

namespace Ring.Tests.Properties.Sequential;

/// <summary>The marks of slots, wherever the number of the lap stands, and where it comes round.</summary>
[TestFixture]
public class LapStampsProperties
{
    private const int Laps = 3;

    /// <summary>The number of a lap is kept in 32 bits.</summary>
    private static readonly long[] Turns = [1, 1L << 31, 1L << 32, (1L << 32) + (1L << 31), 1L << 40];

    /// <param name="Size">Slots.</param>
    /// <param name="FirstLap">The one that is full before the test begins.</param>
    /// <param name="Advances">Numbers of slots: each is marked for its next lap.</param>
    private sealed record Marks(int Size, long FirstLap, int[] Advances)
    {
        public override string ToString() => $"size {Size}, lap {FirstLap} full, then slots [{string.Join(' ', Advances)}]";
    }

    private static Arbitrary<Marks> AnyMarks => Arb.From(
        from size in Gen.Elements(1, 2, 4, 8)
        from turn in Gen.Elements(Turns)
        from before in Gen.Choose(1, 3)
        from advances in Gen.Choose(0, size - 1).ArrayOf()
        select new Marks(size, Math.Max(0, turn - before), advances),
        marks => ArbMap.Default.ArbFor<int[]>().Shrinker(marks.Advances)
            .Where(fewer => Array.TrueForAll(fewer, slot => slot >= 0 && slot < marks.Size))
            .Select(fewer => marks with { Advances = fewer }));

    [Test]
    public void A_mark_is_of_its_own_lap_and_no_other() => PropertyChecker.Check(Prop.ForAll(AnyMarks, BelongToTheirLap), cases: 200);

    [Test]
    public void A_claim_that_was_given_up_is_known_until_its_slot_is_marked_again() =>
        PropertyChecker.Check(Prop.ForAll(AnyMarks, AreKnownAsAbandoned), cases: 200);

    private static void BelongToTheirLap(Marks marks)
    {
        LapStamps stamps = new(marks.Size);
        long[] last = Fill(marks, stamps.Mark);
        MustAgree(stamps, marks.Size, last);
        foreach (int slot in marks.Advances)
        {
            stamps.Mark(last[slot] += marks.Size);
            MustAgree(stamps, marks.Size, last);
        }
    }

    private static void AreKnownAsAbandoned(Marks marks)
    {
        SkipMarks claims = new(marks.Size);
        long[] last = Fill(marks, claims.Add);
        foreach (int slot in marks.Advances)
        {
            claims.Add(last[slot] += marks.Size);
            foreach ((long sequence, long marked) in Around(marks.Size, last))
                Require.Equal(sequence == marked, claims.Contains(sequence), $"{sequence} was given up");
        }
    }

    private static long[] Fill(Marks marks, Action<long> mark)
    {
        long[] last = [.. Enumerable.Range(0, marks.Size).Select(slot => (marks.FirstLap * marks.Size) + slot)];
        Array.ForEach(last, mark);
        return last;
    }

    private static void MustAgree(LapStamps stamps, int size, long[] last)
    {
        foreach ((long sequence, long marked) in Around(size, last))
        {
            Require.Equal(sequence == marked, stamps.IsMarked(sequence), $"{sequence} is marked");
            Require.Equal(sequence <= marked, stamps.IsMarkedSince(sequence), $"{sequence} or a later one is marked");
        }
    }

    /// <summary>The sequences of the laps before and after the last mark of each slot.</summary>
    private static IEnumerable<(long Sequence, long Marked)> Around(int size, long[] last) =>
        from marked in last
        from lap in Enumerable.Range(-Laps, (2 * Laps) + 1)
        let sequence = marked + ((long)lap * size)
        where sequence >= 0
        select (sequence, marked);
}
