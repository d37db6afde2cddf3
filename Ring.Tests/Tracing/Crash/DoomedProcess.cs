using System.Diagnostics;

namespace Ring.Tests.Tracing;

/// <summary>A process of its own that writes spans into a folder until it is killed without warning.</summary>
internal sealed class DoomedProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _flushed = [];

    public DoomedProcess(string folder)
    {
        _process = Process.Start(new ProcessStartInfo(Host, ["exec", typeof(ChildProgram).Assembly.Location, ChildProgram.Doomed, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Id = _process.Id;
    }

    public int Id { get; }

    /// <summary>The ids of the spans whose flush was complete, as the process has said.</summary>
    public IReadOnlyCollection<string> Flushed => _flushed;

    /// <summary>What runs this test, which under some runners is not dotnet itself.</summary>
    private static string Host =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>Waits until the process has reported so often. Its next write may be under way then.</summary>
    public void WaitForReports(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Task<string?> line = _process.StandardOutput.ReadLineAsync();
            Wait.For(line, "a report of the process");
            Take(line.Result ?? throw new InvalidOperationException("The process has ended: " + _process.StandardError.ReadToEnd()));
        }
    }

    /// <summary>On Unix this is SIGKILL, so nothing of the process runs any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        while (_process.StandardOutput.ReadLine() is { } line)
            Take(line);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private void Take(string line)
    {
        if (line.EndsWith(DoomedProgram.EndOfReport, StringComparison.Ordinal))
            _flushed.AddRange(line[..^DoomedProgram.EndOfReport.Length].Split(' '));
    }
}
