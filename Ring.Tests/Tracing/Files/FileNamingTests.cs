using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class FileNamingTests
{
    [Test]
    public void A_name_tells_the_prefix_the_time_the_process_and_a_number()
    {
        FileNaming naming = new("logs", "spans", ".jsonl");
        DateTime time = new(2026, 11, 21, 1, 30, 5, DateTimeKind.Utc);
        string first = $"spans-20261121T013005Z-{Environment.ProcessId}-0001.jsonl";

        Assert.Multiple(() =>
        {
            Assert.That(naming.Next(time), Is.EqualTo(Path.Combine("logs", first)));
            Assert.That(naming.Next(time), Does.EndWith("-0002.jsonl"));
        });
    }
}
