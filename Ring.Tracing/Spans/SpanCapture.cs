using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Listens to the chosen activity sources and hands each finished span over, on the thread that ended it.</summary>
/// <remarks>Thread-safe. Spans may still arrive on other threads for a moment after <see cref="Dispose"/> returned.</remarks>
internal sealed class SpanCapture : IDisposable
{
    private readonly ActivityListener _listener;

    /// <param name="selector">Which sources to listen to.</param>
    /// <param name="stopped">Called for each finished span. It must not throw: it runs inside the application's own code.</param>
    /// <param name="takesUnsampled">
    /// Whether spans are to be made for us alone. Otherwise we get what other listeners ask for, and what they decide stays as it is.
    /// </param>
    public SpanCapture(SourceSelector selector, Action<Activity> stopped, bool takesUnsampled)
    {
        // Never AllDataAndRecorded: it would set the sampled flag for every other listener, and for the services downstream.
        ActivitySamplingResult wanted = takesUnsampled ? ActivitySamplingResult.AllData : ActivitySamplingResult.None;
        _listener = new ActivityListener
        {
            ShouldListenTo = selector.Selects,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => wanted,
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => wanted,
            // One without data was made to be passed on, and no listener wants to see it.
            ActivityStopped = takesUnsampled ? stopped : activity =>
            {
                if (activity.IsAllDataRequested)
                    stopped(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Stops listening. May be called more than once.</summary>
    public void Dispose() => _listener.Dispose();
}
