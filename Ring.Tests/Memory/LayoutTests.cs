using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ring.Core;

namespace Ring.Tests.Memory;

[TestFixture]
public class LayoutTests
{
    [Test]
    public void A_padded_cell_has_a_cache_line_to_itself_wherever_it_lies()
    {
        int offset = (int)Marshal.OffsetOf<PaddedLong>("_cell");
        int size = Unsafe.SizeOf<PaddedLong>();

        Assert.Multiple(() =>
        {
            Assert.That(offset, Is.GreaterThanOrEqualTo(CacheLine.Size - sizeof(long)), "before it");
            Assert.That(size - offset, Is.GreaterThanOrEqualTo(CacheLine.Size), "it and what is behind it");
            Assert.That(offset % sizeof(long), Is.Zero, "an unaligned cell is not atomic");
            Assert.That(size % sizeof(long), Is.Zero, "nor is what follows in an array");
        });
    }

    [Test]
    public void The_claim_of_a_single_producer_has_a_cache_line_to_itself()
    {
        int first = (int)Marshal.OffsetOf<PaddedClaim>(nameof(PaddedClaim.Claimed));
        int last = (int)Marshal.OffsetOf<PaddedClaim>(nameof(PaddedClaim.Limit));
        int size = Unsafe.SizeOf<PaddedClaim>();

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.GreaterThanOrEqualTo(CacheLine.Size - sizeof(long)));
            Assert.That(size - last, Is.GreaterThanOrEqualTo(CacheLine.Size));
            Assert.That(last - first, Is.EqualTo(sizeof(long)), "one line for both");
            Assert.That(first % sizeof(long), Is.Zero);
        });
    }

    [Test]
    public void A_position_and_its_listeners_have_a_cache_line_to_themselves()
    {
        PaddedPosition position = default;
        nint value = Unsafe.ByteOffset(ref Unsafe.As<PaddedPosition, byte>(ref position), ref Unsafe.As<AtomicLong, byte>(ref position.Value));
        nint listeners = Unsafe.ByteOffset(
            ref Unsafe.As<PaddedPosition, byte>(ref position),
            ref Unsafe.As<AtomicReference<Action?>, byte>(ref position.Listeners));

        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo((nint)CacheLine.Padding));
            Assert.That(listeners - value, Is.EqualTo((nint)sizeof(long)), "one line for both");
            Assert.That(Unsafe.SizeOf<PaddedPosition>() - listeners, Is.GreaterThanOrEqualTo((nint)CacheLine.Size));
        });
    }

    [Test]
    public void Cells_of_neighbouring_sequences_are_aligned_on_the_heap()
    {
        Holder[] holders = [.. Enumerable.Range(0, 100).Select(_ => new Holder())];

        Assert.That(holders.Select(h => h.Address % sizeof(long)), Is.All.Zero);
    }

    /// <summary>A cell behind a byte, as unlucky as a class can make it.</summary>
    private sealed class Holder
    {
        public byte First = 1;
        private PaddedLong _cell = new(0);

        public unsafe long Address => (long)Unsafe.AsPointer(ref _cell) + (int)Marshal.OffsetOf<PaddedLong>("_cell");
    }
}
