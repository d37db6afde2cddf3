using System.Runtime.CompilerServices;
using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Memory;

[TestFixture]
public class SlotArrayTests
{
    private struct OneByte
    {
        public byte Value;
    }

    [Test]
    public void The_factory_makes_each_event_once()
    {
        int calls = 0;
        SlotArray<ClassEvent> slots = new(8, () => new ClassEvent { Value = calls++ });

        Assert.That(calls, Is.EqualTo(8));
        Assert.That(RingExtensions.Range(0, 8).Select(s => slots[s].Value), Is.EqualTo(RingExtensions.Range(0, 8)));
    }

    [Test]
    public void What_the_factory_has_made_is_found_whatever_its_size()
    {
        byte small = 0;
        long large = 0;
        SlotArray<OneByte> bytes = new(4, () => new OneByte { Value = ++small });
        SlotArray<StructEvent> structs = new(4, () => new StructEvent { Value = ++large });

        Assert.That(RingExtensions.Range(0, 4).Select(s => (int)bytes[s].Value), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(RingExtensions.Range(0, 4).Select(s => structs[s].Value), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(64)]
    public void A_sequence_finds_the_same_slot_in_every_lap(int size)
    {
        SlotArray<StructEvent> slots = new(size, () => default);
        for (int i = 0; i < size; i++)
            slots[i].Value = 1000 + i;

        for (long lap = 1; lap <= 3; lap++)
            for (int i = 0; i < size; i++)
                Assert.That(slots[(lap * size) + i].Value, Is.EqualTo(1000 + i));
        Assert.That(slots[((1L << 40) * size) + size - 1].Value, Is.EqualTo(1000 + size - 1));
    }

    [Test]
    public void Every_size_of_event_keeps_its_neighbours_apart()
    {
        SlotArray<OneByte> bytes = new(4, () => default);
        for (int i = 0; i < 4; i++)
            bytes[i].Value = (byte)(i + 1);

        Assert.That(RingExtensions.Range(0, 4).Select(s => (int)bytes[s].Value), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(Unsafe.ByteOffset(ref bytes[0], ref bytes[3]), Is.EqualTo((nint)3));
    }
}
