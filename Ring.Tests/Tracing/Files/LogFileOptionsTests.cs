using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class LogFileOptionsTests
{
    private static IEnumerable<TestCaseData> BadOptions()
    {
        yield return Bad("SizeLimitBytes", "65535", options => options.SizeLimitBytes = 65_535);
        yield return Bad("RollInterval", "3", options => options.RollInterval = (RollInterval)3);
        yield return Bad("KeepFiles", "0", options => options.KeepFiles = 0);
        yield return Bad("KeepFor", "00:00:59", options => options.KeepFor = TimeSpan.FromSeconds(59));
        yield return Bad("KeepFor", "36501.00:00:00", options => options.KeepFor = TimeSpan.FromDays(36_501));
        yield return Bad("KeepBytes", "65535", options => options.KeepBytes = 65_535);
        yield return Bad("MinimumFreeBytes", "-1", options => options.MinimumFreeBytes = -1);
    }

    [TestCaseSource(nameof(BadOptions))]
    public void A_bad_value_is_named_with_the_option(string option, string value, Action<LogFileOptions> spoil)
    {
        LogFileOptions options = new();
        spoil(options);

        ArgumentException? exception = Assert.Catch<ArgumentException>(options.Validate);
        Assert.Multiple(() =>
        {
            Assert.That(exception!.ParamName, Is.EqualTo(option));
            Assert.That(exception.Message, Does.Contain(value));
        });
    }

    [Test]
    public void What_is_kept_is_limited_unless_told_otherwise()
    {
        LogFileOptions options = new();

        Assert.Multiple(() =>
        {
            Assert.That(options.Validate, Throws.Nothing);
            Assert.That(options.KeepFiles, Is.Not.Null);
            Assert.That(options.KeepBytes, Is.Not.Null);
        });
    }

    [Test]
    public void Every_limit_can_be_turned_off()
    {
        LogFileOptions options = new()
        {
            RollInterval = RollInterval.Never,
            KeepFiles = null,
            KeepFor = null,
            KeepBytes = null,
            MinimumFreeBytes = 0,
        };

        Assert.That(options.Validate, Throws.Nothing);
    }

    private static TestCaseData Bad(string option, string value, Action<LogFileOptions> spoil) =>
        new TestCaseData(option, value, spoil).SetArgDisplayNames(option, value);
}
