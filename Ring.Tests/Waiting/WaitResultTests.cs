using Ring.Core;

namespace Ring.Tests.Waiting;

[TestFixture]
public class WaitResultTests
{
    [Test]
    public void A_result_is_exactly_one_of_three_things()
    {
        foreach (WaitResult result in new[] { WaitResult.Available(3), WaitResult.Alerted, WaitResult.TimedOut })
            Assert.That(new[] { result.IsAvailable, result.IsAlerted, result.IsTimedOut }.Count(b => b), Is.EqualTo(1), $"{result}");
    }

    [Test]
    public void The_default_value_is_no_result()
    {
        WaitResult nothing = default;

        Assert.That((nothing.IsAvailable, nothing.IsAlerted, nothing.IsTimedOut), Is.EqualTo((false, false, false)));
        Assert.That(nothing.ToString(), Is.EqualTo("nothing"));
        Assert.That(() => nothing.Sequence, Throws.InvalidOperationException);
    }

    [Test]
    public void Only_an_available_result_has_a_sequence()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WaitResult.Available(3).Sequence, Is.EqualTo(3));
            Assert.That(() => WaitResult.Alerted.Sequence, Throws.InvalidOperationException.With.Message.Contains("alerted"));
            Assert.That(() => WaitResult.TimedOut.Sequence, Throws.InvalidOperationException.With.Message.Contains("timed out"));
            Assert.That(WaitResult.Available(long.MaxValue - 1).Sequence, Is.EqualTo(long.MaxValue - 1));
            Assert.That(() => WaitResult.Available(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => WaitResult.Available(long.MaxValue), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void Results_are_equal_when_they_say_the_same()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WaitResult.Available(3) == WaitResult.Available(3), Is.True);
            Assert.That(WaitResult.Available(3) != WaitResult.Available(4), Is.True);
            Assert.That(WaitResult.Alerted.Equals((object)WaitResult.Alerted), Is.True);
            Assert.That(WaitResult.Alerted.Equals((object)"alerted"), Is.False);
            Assert.That(WaitResult.Alerted.GetHashCode(), Is.Not.EqualTo(WaitResult.TimedOut.GetHashCode()));
            Assert.That(WaitResult.Available(7).ToString(), Is.EqualTo("7"));
        });
    }
}
