using Ring.Core;

namespace Ring.Tests.Memory;

[TestFixture]
public class PowerOfTwoTests
{
    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(1024, 10)]
    [TestCase(1 << 30, 30)]
    public void A_power_of_two_passes_and_has_its_exponent(int size, int exponent)
    {
        Assert.DoesNotThrow(() => PowerOfTwo.Check(size, "size"));
        Assert.That(PowerOfTwo.Log2(size), Is.EqualTo(exponent));
    }

    [TestCase(int.MinValue)]
    [TestCase(-8)]
    [TestCase(0)]
    [TestCase(3)]
    [TestCase(1000)]
    [TestCase(int.MaxValue)]
    public void Anything_else_is_refused_by_name_and_value(int size)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => PowerOfTwo.Check(size, "bufferSize"))!;

        Assert.Multiple(() =>
        {
            Assert.That(exception.ParamName, Is.EqualTo("bufferSize"));
            Assert.That(exception.ActualValue, Is.EqualTo(size));
            Assert.That(exception.Message, Does.Contain("power of two from 1 to"));
        });
    }
}
