using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>What the user wants of a span beside what it is: baggage as attributes, each as <c>baggage.</c> and its key, and the mark of load tests.</summary>
/// <remarks>Immutable, so safe on any thread. It costs nothing when nothing was asked for.</remarks>
internal sealed class CaptureRules(IEnumerable<string> baggageKeys, Predicate<Activity>? isLoadTest)
{
    private const string Prefix = "baggage.";

    private readonly KeyValuePair<string, string>[] _baggage = AttributesOf(baggageKeys);

    /// <summary>The keys of baggage, each once, with those of the attributes that hold it.</summary>
    public static KeyValuePair<string, string>[] AttributesOf(IEnumerable<string> baggageKeys) =>
        [.. baggageKeys.Distinct(StringComparer.Ordinal).Select(key => new KeyValuePair<string, string>(key, Prefix + key))];

    /// <summary>Asks the application's rule. To be called when nobody waits for the caller.</summary>
    public bool IsLoadTest(Activity activity)
    {
        try
        {
            return isLoadTest is not null && isLoadTest(activity);
        }
        catch (Exception)
        {
            // The application's own code failed. That must not cost the span.
            return false;
        }
    }

    public void CopyBaggage(SpanEvent span, Activity activity)
    {
        foreach (KeyValuePair<string, string> key in _baggage)
        {
            if (activity.GetBaggageItem(key.Key) is { } value)
                span.Tags.Add(new SpanTag(key.Value, value));
        }
    }
}
