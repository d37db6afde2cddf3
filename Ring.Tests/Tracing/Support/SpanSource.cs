using System.Diagnostics;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>Makes finished activities from a source that no other test uses.</summary>
internal sealed class SpanSource : IDisposable
{
    private static readonly CaptureRules MarkLoadTests = new([], TraceLogOptions.HasLoadTestMark);

    private readonly ActivityListener _listener;

    public SpanSource(string? version = null, IEnumerable<KeyValuePair<string, object?>>? tags = null)
    {
        Source = new ActivitySource("ring.tests." + Guid.NewGuid().ToString("N"), version, tags);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, Source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ActivitySource Source { get; }

    public Activity Finish(Action<Activity>? fill = null, string name = "work", ActivityKind kind = ActivityKind.Internal)
    {
        Activity activity = Source.CreateActivity(name, kind)!;
        Activity? outer = Activity.Current;
        activity.Start();
        fill?.Invoke(activity);
        activity.Stop();
        Activity.Current = outer;
        return activity;
    }

    public SpanEvent Capture(Action<Activity>? fill = null, string name = "work", ActivityKind kind = ActivityKind.Internal)
    {
        SpanEvent span = new();
        Activity activity = Finish(fill, name, kind);
        span.Capture(activity);
        span.IsLoadTest = MarkLoadTests.IsLoadTest(activity);
        return span;
    }

    public void Dispose()
    {
        _listener.Dispose();
        Source.Dispose();
    }
}
