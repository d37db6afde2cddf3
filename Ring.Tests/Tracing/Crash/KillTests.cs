using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A process that is killed at a random moment: what it had flushed is there, and the next one goes on in its folder.</summary>
[TestFixture]
public sealed class KillTests
{
    private const int MostReports = 30;

    /// <summary>Up to some milliseconds: a write takes a small part of one.</summary>
    private const int MostSpins = 200_000;

    private readonly TempFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void What_was_flushed_before_a_kill_is_there() => KillAgainAndAgain(5);

    [Test, Explicit("Takes long"), Category("Proof")]
    public void What_was_flushed_before_each_of_fifty_kills_is_there() => KillAgainAndAgain(50);

    private void KillAgainAndAgain(int rounds)
    {
        int spans = 0;
        for (int round = 0; round < rounds; round++)
            spans += KillOnce();

        GoOn();
        TestContext.Out.WriteLine($"{rounds} kills, {spans} spans flushed, {Torn()} torn lines");
    }

    /// <returns>How many spans the process had flushed.</returns>
    private int KillOnce()
    {
        using DoomedProcess process = new(_folder.Root);
        process.WaitForReports(TestContext.CurrentContext.Random.Next(1, MostReports));
        Thread.SpinWait(TestContext.CurrentContext.Random.Next(MostSpins));
        process.Kill();

        HashSet<string> found = CrashedFiles.ReadIds(CrashedFiles.In(_folder.Root, process.Id));
        Assert.That(process.Flushed.Where(id => !found.Contains(id)), Is.Empty, "These were flushed, and are not there.");
        return process.Flushed.Count;
    }

    private void GoOn()
    {
        string[] before = CrashedFiles.In(_folder.Root);
        using ActivitySource source = new("ring.tests.next");
        using TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = _folder.Root;
            options.Sources.Add(source.Name);
        });
        source.StartActivity("next")!.Dispose();
        log.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(LogFixture.Read(log).Single().Name, Is.EqualTo("next"));
            Assert.That(log.Files.Intersect(before), Is.Empty, "It has files of its own.");
        });
    }

    private int Torn() =>
        CrashedFiles.In(_folder.Root).Count(path => OtlpReader.ReadShared(path) is { Length: > 0 } bytes && bytes[^1] != '\n');
}
