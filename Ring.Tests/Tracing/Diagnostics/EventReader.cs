using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Listens to the event source of the logs. Safe on any thread.</summary>
internal sealed class EventReader : EventListener
{
    private readonly ConcurrentQueue<string> _events = new();

    /// <summary>The events so far: name and values.</summary>
    public string[] Events => [.. _events];

    public bool Has(string name) => _events.Any(line => line.StartsWith(name + "(", StringComparison.Ordinal));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == RingTracingEventSource.SourceName)
            EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        IEnumerable<string?> values = eventData.Payload!.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture));
        // The base constructor enables what exists, and events of other logs may come before the field is set.
        _events?.Enqueue($"{eventData.EventName}({string.Join(", ", values)})");
    }
}
