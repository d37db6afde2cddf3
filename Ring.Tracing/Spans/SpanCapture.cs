using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Listens to the chosen activity sources and hands each finished span over, on the thread that ended it.</summary>
/// <remarks>Thread-safe. Spans may still arrive on other threads for a moment after <see cref="Dispose"/> returned.</remarks>
internal sealed class SpanCapture : IDisposable
{
    private readonly ActivityListener _listener;

    /// <param name="selector">Which sources to listen to.</param>
    /// <param name="stopped">Called for each finished span. It must not throw: it runs inside the application's own code.</param>
    public SpanCapture(SourceSelector selector, Action<Activity> stopped)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = selector.Selects,
            // Never AllDataAndRecorded: it would set the sampled flag for every other listener, and for the services downstream.
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            SampleUsingParentId = static (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Stops listening. May be called more than once.</summary>
    public void Dispose() => _listener.Dispose();
}
