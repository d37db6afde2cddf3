using System.Collections.Concurrent;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Keeps what it is told as lines of text. Safe on any thread.</summary>
internal sealed class RecordingObserver : ITraceLogObserver
{
    private readonly ConcurrentQueue<string> _told = new();

    public string[] Told => [.. _told];

    public bool IsListening { get; set; } = true;

    /// <summary>Called before anything is kept.</summary>
    public Action? Spoil { get; set; }

    public void DiskRefused(string reason) => Keep($"refused: {reason}");

    public void DiskResumed() => Keep("resumed");

    public void SpansDiscarded(long count, string reasons) => Keep($"discarded {count}: {reasons}");

    public void Stopped(in StopReport report) => Keep($"drained {report.Drained}, abandoned {report.Abandoned}");

    private void Keep(string line)
    {
        Spoil?.Invoke();
        _told.Enqueue(line);
    }
}
