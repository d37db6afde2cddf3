using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class ProcessExitTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void DisposeFolder() => _folder.Dispose();

    [Test]
    public void A_process_that_ends_without_disposing_of_its_log_has_written_all()
    {
        RunProcess(drainOnProcessExit: true);

        string[] spans = Directory.GetFiles(_folder.Root, "*.jsonl");
        Assert.That(OtlpReader.ReadFiles(spans), Has.Count.EqualTo(ExitingProgram.Spans));
        // Written by a disposal alone.
        Assert.That(Directory.GetFiles(_folder.Root, "*.stat.ndjson"), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_log_that_is_not_to_be_drained_at_the_exit_is_not()
    {
        RunProcess(drainOnProcessExit: false);

        Assert.That(Directory.GetFiles(_folder.Root, "*.stat.ndjson"), Is.Empty);
    }

    [Test]
    public void A_log_that_was_disposed_of_is_not_kept_alive()
    {
        WeakReference log = OpenAndDispose();

        Eventually.Holds(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !log.IsAlive;
            },
            "the log is gone");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference OpenAndDispose()
    {
        using LogFixture fixture = new();
        TraceLog log = fixture.Open();
        fixture.End(1);
        log.Dispose();
        return new WeakReference(log);
    }

    private void RunProcess(bool drainOnProcessExit)
    {
        ProcessStartInfo start = new(
            "dotnet", [typeof(ChildProgram).Assembly.Location, ChildProgram.Exiting, _folder.Root, drainOnProcessExit.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Wait.For(process.WaitForExitAsync(), "the process to end");
        Assert.That(process.ExitCode, Is.Zero, () => output.Result + errors.Result);
    }
}
