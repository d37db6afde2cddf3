using FsCheck;
using FsCheck.Fluent;
using Ring.Tests.Properties.Checking;

namespace Ring.Tests.Properties;

[TestFixture]
public class PropertyCheckerTests
{
    private static Property EveryNumberIsBelow70 =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), number => Require.That(number < 70, $"{number} is below 70"));

    [Test]
    public void A_property_that_holds_passes() =>
        PropertyChecker.Check(Prop.ForAll(ArbMap.Default.ArbFor<int>(), number => number == -(-number)), 100, replay: null);

    [Test]
    public void A_property_that_is_false_fails_with_its_smallest_case()
    {
        string message = Fail(replay: null);

        Assert.That(message, Does.Contain("Not true: 70 is below 70"));
        Assert.That(message, Does.Contain("In: 70"));
    }

    [Test]
    public void A_failure_is_seen_again_by_its_replay()
    {
        string message = Fail(replay: null);
        string replay = message.Split('\n').Single(line => line.StartsWith("RING_PROPERTY_REPLAY=", StringComparison.Ordinal));

        string again = Fail(replay);

        Assert.That(again, Does.Contain(replay));
        Assert.That(again, Does.Contain("In: 70"));
        Assert.That(again, Does.Contain("(case 1,"));
    }

    [Test]
    public void A_replay_that_nobody_printed_is_refused() =>
        Assert.That(() => Fail("12"), Throws.TypeOf<FormatException>());

    private static string Fail(string? replay)
    {
        try
        {
            PropertyChecker.Check(EveryNumberIsBelow70, 1_000, replay);
            return "It held.";
        }
        catch (PropertyFailedException failure)
        {
            return failure.Message;
        }
    }
}
