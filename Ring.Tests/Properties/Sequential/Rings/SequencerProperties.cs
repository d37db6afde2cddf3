using FsCheck.Experimental;
using Ring.Core;
using Ring.Tests.Properties.Checking;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Whatever one thread does to a ring, in whatever order: claims, publications, consumers that come and go.</summary>
[TestFixture]
public class SequencerProperties
{
    [Test]
    public void A_ring_agrees_with_its_model([Values] ProducerType type) =>
        PropertyChecker.Check(new RingMachine(type).ToProperty(), cases: 150);
}
