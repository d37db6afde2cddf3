using FsCheck;
using FsCheck.Fluent;
using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>
/// Any series of claims, publications and consumption, against a model in which a ring is three numbers.
/// </summary>
[TestFixture(ProducerType.Single)]
[TestFixture(ProducerType.Multi)]
public class SequencerPropertyContract(ProducerType producerType)
{
    [Test]
    public void A_ring_agrees_with_its_model_whatever_one_thread_does([Values(1, 2, 8)] int size)
    {
        Gen<(int Kind, int Amount)> step = Gen.Choose(0, 4).SelectMany(_ => Gen.Choose(1, size), (kind, amount) => (kind, amount));

        Prop.ForAll(step.ArrayOf().ToArbitrary(), steps => RunAgainstModel(size, steps)).QuickCheckThrowOnFailure();
    }

    private void RunAgainstModel(int size, (int Kind, int Amount)[] steps)
    {
        RingBuffer<StructEvent> ring = RingBuffer.Create(producerType, () => default(StructEvent), size);
        Sequence gating = ring.AddGatingSequence();
        SequenceBarrier barrier = ring.NewBarrier();
        long claimed = -1, published = -1, handled = -1;

        foreach ((int kind, int amount) in steps)
        {
            switch (kind)
            {
                case 0:
                    bool fits = claimed + amount - handled <= size;
                    Assert.That(ring.HasAvailableCapacity(amount), Is.EqualTo(fits));
                    Assert.That(ring.TryNext(amount, out long hi), Is.EqualTo(fits));
                    if (fits)
                        Assert.That(hi, Is.EqualTo(claimed += amount));
                    break;
                case 1 when claimed + amount - handled <= size:
                    Assert.That(ring.Next(amount), Is.EqualTo(claimed += amount));
                    break;
                case 2 when published < claimed:
                    long to = Math.Min(claimed, published + amount);
                    for (long s = published + 1; s <= to; s++)
                        ring[s].Value = s;
                    ring.Publish(published + 1, to);
                    published = to;
                    break;
                case 3 when handled < published:
                    handled = Math.Min(published, handled + amount);
                    Assert.That(ring[handled].Value, Is.EqualTo(handled));
                    gating.Set(handled);
                    break;
            }

            Assert.That(barrier.HighestAvailable(handled + 1), Is.EqualTo(published));
            Assert.That(ring.Cursor, Is.EqualTo(producerType == ProducerType.Single ? published : claimed));
            Assert.That(ring.RemainingCapacity, Is.EqualTo(size - (claimed - handled)));
            Assert.That(ring.IsAvailable(published + 1), Is.False);
            Assert.That(ring.MinimumGatingSequence, Is.EqualTo(handled));
        }
    }
}
