using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Keeps what the trace log says to the application's logging. Safe on any thread.</summary>
internal sealed class RecordingLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string[] Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName == typeof(TraceLog).FullName);

    public void Dispose()
    {
        // What was said stays.
    }

    private sealed class Recorder(RecordingLogs logs, bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (isOurs)
                logs._lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
