using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>
/// Mutants that no program can kill, each with the reason. All stay in the code: the order that is written there is the one
/// that the row of docs/memory-ordering.md names, also where another one happens to cover it today.
/// </summary>
internal static class Survivors
{
    private const string NumberOnly = "Only the number is used; nothing is read on the strength of it.";
    private const string ExchangeAcquires = "The compare-and-swap that follows acquires the same message, or fails.";
    private const string AcquireReleaseIsEnough = "Nothing after it needs a fence: acquire and release are enough.";
    private const string EitherFence = "Claim and look are ordered twice, by the claim's compare-and-swap and by the fence of Refresh.";
    private const string Barrier = "The process-wide barrier that follows orders it; the cell hands nothing over.";
    private const string UnderLock = "What is handed over is under the lock.";
    private const string Publication = "The publication that follows releases it, and the barrier that lets the consumer through acquires it.";

    private static readonly Dictionary<Weakening, string> Reasons = new()
    {
        [new("AbandonedClaims.Add AtomicLong.WriteRelease", WeakeningKind.RelaxedStore)] = Publication,
        [new("AbandonedClaims.Contains AtomicLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = Publication,
        [new("BatchEventProcessor.Run AtomicFlag.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = AcquireReleaseIsEnough,
        [new("GatingSequences.Add Fence.Full", WeakeningKind.NoFence)] = "The compare-and-swap of Exchange, just before, is a fence too.",
        [new("GatingSequences.Exchange AtomicReference.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = "Add fences after it.",
        [new("GatingSequences.Exchange AtomicReference.ReadAcquire", WeakeningKind.RelaxedLoad)] = ExchangeAcquires,
        [new("MultiProducerSequencer.Refresh Fence.Full", WeakeningKind.NoFence)] = EitherFence,
        [new("MultiProducerSequencer.RefuseClaims PaddedLong.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = AcquireReleaseIsEnough,
        [new("MultiProducerSequencer.RefuseClaims PaddedLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = ExchangeAcquires,
        [new("MultiProducerSequencer.TryClaim PaddedLong.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = EitherFence,
        [new("MultiProducerSequencer.TryClaim PaddedLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = ExchangeAcquires,
        [new("MultiProducerSequencer.get_Cursor PaddedLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = "Refresh fences after it; elsewhere only the number is used.",
        [new("ParkingSpot.Announce PaddedLong.WriteRelease", WeakeningKind.RelaxedStore)] = Barrier,
        [new("ParkingSpot.Signal PaddedLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = UnderLock,
        [new("ParkingSpot.WakeAll PaddedLong.WriteRelease", WeakeningKind.RelaxedStore)] = UnderLock,
        [new("Sequence.AddListener AtomicReference.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = Barrier,
        [new("Sequence.AddListener AtomicReference.ReadAcquire", WeakeningKind.RelaxedLoad)] = ExchangeAcquires,
        [new("Sequence.Notify AtomicReference.ReadAcquire", WeakeningKind.RelaxedLoad)] = "What it acquires is the delegate itself, whose fields the runtime writes: out of the weaver's sight.",
        [new("Sequence.RemoveListener AtomicReference.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = AcquireReleaseIsEnough,
        [new("Sequence.RemoveListener AtomicReference.ReadAcquire", WeakeningKind.RelaxedLoad)] = ExchangeAcquires,
        [new("SequenceBarrier.ClearAlert AtomicFlag.WriteRelease", WeakeningKind.RelaxedStore)] = "The processor clears its running flag after it, with release.",
        [new("Sequencer.Close AtomicReference.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = AcquireReleaseIsEnough,
        [new("Sequencer.CreateMarks AtomicReference.CompareExchange", WeakeningKind.UnfencedReadModifyWrite)] = AcquireReleaseIsEnough,
        [new("SingleProducerSequencer.IsFree AtomicLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = "The slow path asks again, with acquire.",
        [new("SingleProducerSequencer.Next AtomicLong.ReadAcquire", WeakeningKind.RelaxedLoad)] = "The slow path asks again, with acquire.",
        [new("SingleProducerSequencer.Next PaddedClaim.WriteNextRelease", WeakeningKind.RelaxedStore)] = NumberOnly,
        [new("SingleProducerSequencer.TryNext PaddedClaim.WriteNextRelease", WeakeningKind.RelaxedStore)] = NumberOnly,
        [new("SingleProducerSequencer.get_Claimed PaddedClaim.ReadNextAcquire", WeakeningKind.RelaxedLoad)] = NumberOnly,
    };

    /// <summary>Why this one survives; null when it should not.</summary>
    public static string? ReasonFor(Weakening mutant) => Reasons.GetValueOrDefault(mutant);
}
