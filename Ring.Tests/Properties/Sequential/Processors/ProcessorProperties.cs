using FsCheck.Experimental;
using Ring.Tests.Properties.Checking;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Whatever a processor meets on its way, it makes the calls that its model makes, in the same order.</summary>
[TestFixture]
public class ProcessorProperties
{
    [Test]
    public void A_processor_agrees_with_its_model([Values] bool ignoresExceptions) =>
        PropertyChecker.Check(new ProcessorMachine(ignoresExceptions).ToProperty(), cases: 200);
}
