using System.Collections.Concurrent;
using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>Remembers what went wrong, and lets the processor go on.</summary>
internal sealed class RecordingExceptionHandler<T> : IExceptionHandler<T>
{
    private readonly ConcurrentQueue<string> _failures = new();

    public IReadOnlyList<string> Failures => [.. _failures];

    public void HandleEventException(Exception exception, long sequence, ref T evt) =>
        _failures.Enqueue($"event {sequence}: {exception.Message}");

    public void HandleOnBatchStartException(Exception exception, long sequence) =>
        _failures.Enqueue($"batch {sequence}: {exception.Message}");

    public void HandleOnTimeoutException(Exception exception, long sequence) =>
        _failures.Enqueue($"timeout {sequence}: {exception.Message}");

    public void HandleOnStartException(Exception exception) => _failures.Enqueue($"start: {exception.Message}");

    public void HandleOnShutdownException(Exception exception) => _failures.Enqueue($"shutdown: {exception.Message}");
}
