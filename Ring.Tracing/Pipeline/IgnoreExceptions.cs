using Ring.Core;

namespace Ring.Tracing;

/// <summary>
/// Lets the drain go on whatever happens. The drain itself turns faults into counts, so this is a second line: a span that gets
/// here stays in flight in the counts, where it shows.
/// </summary>
/// <remarks>Thread-safe: it has no state.</remarks>
internal sealed class IgnoreExceptions : IExceptionHandler<SpanEvent>
{
    public void HandleEventException(Exception exception, long sequence, ref SpanEvent evt)
    {
    }

    public void HandleOnTimeoutException(Exception exception, long sequence)
    {
    }

    public void HandleOnStartException(Exception exception)
    {
    }

    public void HandleOnShutdownException(Exception exception)
    {
    }
}
