using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Woven.Mutants;

/// <summary>
/// Mutants that no program kills, each with the reason. All stay in the code: the order that is written there is the one that
/// the row of docs/memory-ordering.md names, also where another one happens to cover it today.
/// </summary>
internal static class Survivors
{
    private const string AcquireReleaseIsEnough = "Nothing after it needs a fence: acquire and release are enough.";
    private const string EitherFence = "Claim and look are ordered twice, by the claim's compare-and-swap and by the fence of Refresh.";
    private const string ExchangeAcquires = "The compare-and-swap that follows acquires the same message, or fails.";
    private const string NumberOnly = "Only the number is used; nothing is read on the strength of it.";
    private const string Publication = "The publication that follows releases it, and the barrier that lets the consumer through acquires it.";
    private const string UnderLock = "What is handed over is under the lock.";

    private static readonly Dictionary<string, string> UnfencedReadModifyWrites = new()
    {
        ["BatchEventProcessor.Run AtomicFlag.CompareExchange"] = AcquireReleaseIsEnough,
        ["GatingSequences.Exchange AtomicReference.CompareExchange"] = "Add fences after it; Remove and Replace need none.",
        ["MultiProducerSequencer.RefuseClaims PaddedLong.CompareExchange"] = AcquireReleaseIsEnough,
        ["MultiProducerSequencer.TryClaim PaddedLong.CompareExchange"] = EitherFence,
        ["PaddedLong.RaiseTo AtomicLong.CompareExchange"] = AcquireReleaseIsEnough,
        ["Sequence.AddAndGet AtomicLong.Add"] = "Whoever sleeps for the move fences for both sides (row LISTEN).",
        ["Sequence.AddListener AtomicReference.CompareExchange"] = "The sleeper's announcement that follows fences.",
        ["Sequence.CompareAndSet AtomicLong.CompareExchange"] = "Whoever sleeps for the move fences for both sides (row LISTEN).",
        ["Sequence.RemoveListener AtomicReference.CompareExchange"] = AcquireReleaseIsEnough,
        ["Sequencer.Close AtomicReference.CompareExchange"] = AcquireReleaseIsEnough,
        ["Sequencer.CreateMarks AtomicReference.CompareExchange"] = AcquireReleaseIsEnough,
    };

    private static readonly Dictionary<string, string> RelaxedLoads = new()
    {
        ["AbandonedClaims.Contains AtomicLong.ReadAcquire"] = Publication,
        ["GatingSequences.Exchange AtomicReference.ReadAcquire"] = ExchangeAcquires,
        ["LapStamps.IsMarkedSince StampArray.ReadAcquire"] = "A producer asks for its own stamp.",
        ["MultiProducerSequencer.Refresh PaddedLong.ReadAcquire"] = "A stamp that is read too old only makes the producer wait longer.",
        ["MultiProducerSequencer.Refresh PaddedLong.ReadAcquire (2)"] = "Whoever has acquired the newcomer's position cannot read less; nothing is read on the strength of the number.",
        ["MultiProducerSequencer.RefuseClaims PaddedLong.ReadAcquire"] = ExchangeAcquires,
        ["MultiProducerSequencer.TryClaim PaddedLong.ReadAcquire"] = ExchangeAcquires,
        ["MultiProducerSequencer.get_Cursor PaddedLong.ReadAcquire"] = "Refresh fences after it; elsewhere only the number is used.",
        ["PaddedLong.RaiseTo AtomicLong.ReadAcquire"] = "TryClaim acquires the gate again before it claims.",
        ["ParkingSpot.Signal PaddedLong.ReadAcquire"] = UnderLock,
        ["Sequence.AddListener AtomicReference.ReadAcquire"] = ExchangeAcquires,
        ["Sequence.Notify AtomicReference.ReadAcquire"] = "What it acquires is the delegate, whose fields the runtime writes: out of the weaver's sight.",
        ["Sequence.RemoveListener AtomicReference.ReadAcquire"] = ExchangeAcquires,
        ["SingleProducerSequencer.Claim AtomicLong.ReadAcquire"] = "The slow path of a closed ring asks again, with acquire.",
        ["SingleProducerSequencer.get_Claimed PaddedClaim.ReadNextAcquire"] = NumberOnly,
    };

    private static readonly Dictionary<string, string> RelaxedStores = new()
    {
        ["AbandonedClaims.Add AtomicLong.WriteRelease"] = Publication,
        ["ParkingSpot.Announce PaddedLong.WriteRelease"] = "The process-wide barrier that follows orders it; the cell hands nothing over.",
        ["ParkingSpot.Leave PaddedLong.WriteRelease"] = UnderLock,
        ["ParkingSpot.TryWakeAll PaddedLong.WriteRelease"] = UnderLock,
        ["SequenceBarrier.ClearAlert AtomicFlag.WriteRelease"] = "The processor clears its running flag after it, with release.",
        ["SingleProducerSequencer.Claim PaddedClaim.WriteNextRelease"] = NumberOnly,
        ["SingleProducerSequencer.IsFreedOrTakeBack PaddedClaim.WriteNextRelease"] = NumberOnly,
        ["SingleProducerSequencer.WaitOrTakeBack PaddedClaim.WriteNextRelease"] = NumberOnly,
    };

    private static readonly Dictionary<string, string> NoFences = new()
    {
        ["GatingSequences.Add Fence.Full"] = "The compare-and-swap of Exchange, just before, is a fence too.",
        ["MultiProducerSequencer.Refresh Fence.Full"] = EitherFence,
    };

    private static readonly Dictionary<string, string> SplitReadModifyWrites = new()
    {
        ["PaddedLong.RaiseTo AtomicLong.CompareExchange"] =
            "Open: the gate may then fall, and no program finds harm in that within the time that mutants get.",
    };

    /// <summary>Why this one survives; null when it should not.</summary>
    public static string? ReasonFor(Weakening mutant) => (mutant.Kind switch
    {
        WeakeningKind.UnfencedReadModifyWrite => UnfencedReadModifyWrites,
        WeakeningKind.RelaxedLoad => RelaxedLoads,
        WeakeningKind.RelaxedStore => RelaxedStores,
        WeakeningKind.NoFence => NoFences,
        WeakeningKind.SplitReadModifyWrite => SplitReadModifyWrites,
        _ => [],
    }).GetValueOrDefault(mutant.Site);
}
