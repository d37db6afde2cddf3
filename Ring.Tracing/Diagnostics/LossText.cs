using System.Globalization;

namespace Ring.Tracing;

/// <summary>Losses in words.</summary>
internal static class LossText
{
    /// <summary>What was discarded between two readings: <c>queue_full 12, not_w3c 1</c>.</summary>
    public static string Describe(TraceLogCounts before, TraceLogCounts after) =>
        string.Join(", ", from reason in LossReasons.All
                          let count = after.DiscardedFor(reason) - before.DiscardedFor(reason)
                          where count > 0
                          select string.Format(CultureInfo.InvariantCulture, "{0} {1}", LossReasons.NameOf(reason), count));
}
