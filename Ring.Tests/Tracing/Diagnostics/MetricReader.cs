using System.Diagnostics.Metrics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Listens to the instruments of every log. Safe on any thread.</summary>
internal sealed class MetricReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Instrument> _instruments = [];
    private readonly List<(string Name, string? Kind, string? Component, double Value)> _values = [];
    private readonly MeterListener _listener = new();

    public MetricReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != TraceLogMeter.MeterName)
                return;

            lock (_gate)
                _instruments.Add(instrument);

            listener.EnableMeasurementEvents(instrument);
        };
        _listener.MeasurementsCompleted = (instrument, _) =>
        {
            lock (_gate)
                _instruments.Remove(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Name and unit of each instrument that is there.</summary>
    public string[] Published
    {
        get
        {
            lock (_gate)
                return [.. _instruments.Select(instrument => $"{instrument.Name} {instrument.Unit}")];
        }
    }

    public object?[] Scopes
    {
        get
        {
            lock (_gate)
                return [.. _instruments.Select(instrument => instrument.Meter.Scope).Distinct()];
        }
    }

    /// <summary>How many values were read.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _values.Count;
        }
    }

    public void Observe() => _listener.RecordObservableInstruments();

    public void Forget()
    {
        lock (_gate)
            _values.Clear();
    }

    /// <param name="name">The instrument.</param>
    /// <param name="kind">The reason or the operation that it tells values apart by; null for those without.</param>
    public double Last(string name, string? kind = null)
    {
        lock (_gate)
            return _values.Last(value => value.Name == name && value.Kind == kind).Value;
    }

    public string?[] ComponentsOf(string name)
    {
        lock (_gate)
            return [.. _values.Where(value => value.Name == name).Select(value => value.Component)];
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? kind = TagOf(tags, "error.type") ?? TagOf(tags, "ring.tracing.file.operation");
        string? component = TagOf(tags, "otel.component.name");
        lock (_gate)
            _values.Add((instrument.Name, kind, component, value));
    }

    private static string? TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string key)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == key)
                return (string?)tag.Value;
        }

        return null;
    }
}
