using System.Collections.Concurrent;
using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>A work handler that remembers what it was given; every thread may look.</summary>
internal sealed class RecordingWorker<T> : IWorkHandler<T>, ILifecycleAware, IEventReleaseAware
    where T : ITestEvent
{
    private readonly ConcurrentQueue<(long Sequence, long Value)> _events = new();
    private int _starts;
    private int _shutdowns;

    /// <summary>Called with each sequence, before the event is recorded.</summary>
    public Action<long> BeforeEvent { get; set; } = static _ => { };

    /// <summary>Called with each sequence, after the event was recorded and while it is in hand.</summary>
    public Action<long> AfterEvent { get; set; } = static _ => { };

    public Action WhenStarted { get; init; } = static () => { };

    public IEventReleaser Releaser { get; private set; } = null!;

    public int Starts => Volatile.Read(ref _starts);

    public int Shutdowns => Volatile.Read(ref _shutdowns);

    public int Count => _events.Count;

    public IReadOnlyList<long> Sequences => [.. _events.Select(e => e.Sequence)];

    public IReadOnlyList<long> Values => [.. _events.Select(e => e.Value)];

    public void SetEventReleaser(IEventReleaser releaser) => Releaser = releaser;

    public void OnEvent(ref T evt, long sequence)
    {
        BeforeEvent(sequence);
        _events.Enqueue((sequence, evt.Value));
        AfterEvent(sequence);
    }

    public void OnStart()
    {
        Interlocked.Increment(ref _starts);
        WhenStarted();
    }

    public void OnShutdown() => Interlocked.Increment(ref _shutdowns);
}
