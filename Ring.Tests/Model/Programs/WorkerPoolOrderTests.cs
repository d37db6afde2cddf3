using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>The order in which the positions of a pool are read carries its proof.</summary>
internal sealed class WorkerPoolOrderTests
{
    [Test]
    public void Positions_read_before_what_was_taken_let_an_event_through_that_is_in_hand([Values] ProducerType type) =>
        Assert.That(Checker.Run(() => WorkerPrograms.Watch(type, LeastReadBackwards), new CheckOptions()).Failure, Is.Not.Null);

    private static long LeastReadBackwards(PoolBench bench) =>
        bench.Pool.Sequences.Reverse().Select(sequence => sequence.Value).ToArray().Min();
}
