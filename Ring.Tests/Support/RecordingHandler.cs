using System.Collections.Concurrent;
using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>Remembers what it was given; every thread may look.</summary>
internal sealed class RecordingHandler<T> : IEventHandler<T>, ILifecycleAware
    where T : ITestEvent
{
    private readonly ConcurrentQueue<(long Sequence, long Value, bool EndOfBatch)> _events = new();
    private int _starts;
    private int _shutdowns;

    /// <summary>Called with each sequence, before the event is recorded.</summary>
    public Action<long> BeforeEvent { get; init; } = static _ => { };

    public Action WhenStarted { get; init; } = static () => { };

    public Action WhenShutDown { get; init; } = static () => { };

    public int Starts => Volatile.Read(ref _starts);

    public int Shutdowns => Volatile.Read(ref _shutdowns);

    public int Count => _events.Count;

    public IReadOnlyList<long> Sequences => [.. _events.Select(e => e.Sequence)];

    public IReadOnlyList<long> Values => [.. _events.Select(e => e.Value)];

    public IReadOnlyList<bool> EndsOfBatch => [.. _events.Select(e => e.EndOfBatch)];

    public void OnEvent(ref T evt, long sequence, bool endOfBatch)
    {
        BeforeEvent(sequence);
        _events.Enqueue((sequence, evt.Value, endOfBatch));
    }

    public void OnStart()
    {
        Interlocked.Increment(ref _starts);
        WhenStarted();
    }

    public void OnShutdown()
    {
        Interlocked.Increment(ref _shutdowns);
        WhenShutDown();
    }
}
