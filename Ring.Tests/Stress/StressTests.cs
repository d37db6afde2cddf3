namespace Ring.Tests.Stress;

/// <summary>
/// Everything at once on real threads, with exact accounting, for as many minutes as there are: see docs/correctness.md.
/// </summary>
[TestFixture, Explicit("Takes as many minutes as it is given"), Category("Stress")]
public sealed class StressTests
{
    [Test]
    public void Every_case_holds_for_as_long_as_there_is_time()
    {
        StressSettings settings = StressSettings.FromEnvironment();
        if (settings.Processors is { } processors)
            Processors.Use(processors);
        StressCase[] cases = [.. StressCases.All().Where(c => c.ToString().Contains(settings.Only, StringComparison.Ordinal))];
        TestContext.Progress.WriteLine($"{settings}, {Environment.ProcessorCount} processors, {cases.Length} cases");

        string? failure = new StressRun(cases, settings).Run();

        TestContext.Progress.WriteLine(StressTable.Of(cases));
        Assert.That(failure, Is.Null);
        Assert.That(cases.Where(c => c.Rounds == 0), Is.Empty, "There was no time for these.");
    }
}
