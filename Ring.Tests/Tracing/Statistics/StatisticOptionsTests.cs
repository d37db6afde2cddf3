using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class StatisticOptionsTests
{
    private static IEnumerable<TestCaseData> BadOptions()
    {
        yield return Bad("Interval", "00:00:00.9990000", new() { Interval = TimeSpan.FromMilliseconds(999) });
        yield return Bad("Interval", "01:00:00.0010000", new() { Interval = TimeSpan.FromMilliseconds(3_600_001) });
        yield return Bad("MaxKeys", "0", new() { MaxKeys = 0 });
        yield return Bad("MaxKeys", "100001", new() { MaxKeys = 100_001 });
        yield return Bad("Format", "3", new() { Format = (StatisticFormat)3 });
        yield return Bad("KeyAttributes", " ", new() { KeyAttributes = { " " } });
        yield return Bad("KeyAttributes", "null", new() { KeyAttributes = { null! } });
        yield return Bad("KeyAttributes", "twice", new() { KeyAttributes = { "twice", "twice" } });
        yield return Bad("KeyAttributes", "9 keys", new() { KeyAttributes = { "1", "2", "3", "4", "5", "6", "7", "8", "9" } });
        yield return Bad("KeyAttributes", new string('x', 256), new() { KeyAttributes = { new string('x', 256) } });
    }

    [TestCaseSource(nameof(BadOptions))]
    public void A_bad_value_is_named_with_the_option(string option, string value, StatisticOptions options)
    {
        ArgumentException? exception = Assert.Catch<ArgumentException>(options.Validate);

        Assert.Multiple(() =>
        {
            Assert.That(exception!.ParamName, Is.EqualTo(option));
            Assert.That(exception.Message, Does.Contain(value));
        });
    }

    [Test]
    public void The_ends_of_each_range_are_allowed() => Assert.Multiple(() =>
    {
        Assert.That(new StatisticOptions { Interval = TimeSpan.FromSeconds(1), MaxKeys = 1 }.Validate, Throws.Nothing);
        Assert.That(new StatisticOptions { Interval = TimeSpan.FromHours(1), MaxKeys = 100_000 }.Validate, Throws.Nothing);
        Assert.That(new StatisticOptions { KeyAttributes = { "1", "2", "3", "4", "5", "6", "7", "8" } }.Validate, Throws.Nothing);
        Assert.That(new StatisticOptions { KeyAttributes = { new string('x', 255) } }.Validate, Throws.Nothing);
        Assert.That(new StatisticOptions { Format = StatisticFormat.SofaText }.Validate, Throws.Nothing);
    });

    [Test]
    public void The_defaults_are_a_minute_a_thousand_keys_and_JSON()
    {
        StatisticOptions options = new();

        Assert.Multiple(() =>
        {
            Assert.That(options.Interval, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That((options.MaxKeys, options.Align, options.Format), Is.EqualTo((1000, false, StatisticFormat.Json)));
            Assert.That(options.KeyAttributes, Is.Empty);
        });
    }

    private static TestCaseData Bad(string option, string value, StatisticOptions options) =>
        new TestCaseData(option, value, options).SetArgDisplayNames(option, value);
}
