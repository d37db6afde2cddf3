using System.Globalization;

namespace Ring.Tracing;

/// <summary>A reason for which spans are discarded, with the name that metrics, events and messages use for it.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal sealed class DiscardReason
{
    private readonly Func<TraceLogCounts, long> _count;

    private DiscardReason(string name, Func<TraceLogCounts, long> count)
    {
        Name = name;
        _count = count;
    }

    /// <summary>Every reason: their counts add up to <see cref="TraceLogCounts.Discarded"/>.</summary>
    public static IReadOnlyList<DiscardReason> All { get; } =
    [
        // The first two are what the OpenTelemetry SDKs call the same.
        new("queue_full", static counts => counts.RingFull),
        new("already_shutdown", static counts => counts.Stopped),
        new("write_failed", static counts => counts.WriteFailed),
        new("encode_failed", static counts => counts.EncodeFailed),
        new("not_w3c", static counts => counts.NotW3C),
        new("abandoned", static counts => counts.Abandoned),
    ];

    /// <summary>In lower case, with underscores.</summary>
    public string Name { get; }

    /// <summary>What was discarded between two readings, as text: <c>queue_full 12, not_w3c 1</c>.</summary>
    public static string Describe(TraceLogCounts before, TraceLogCounts after) =>
        string.Join(", ", from reason in All
                          let count = reason.CountOf(after) - reason.CountOf(before)
                          where count > 0
                          select string.Format(CultureInfo.InvariantCulture, "{0} {1}", reason.Name, count));

    public long CountOf(TraceLogCounts counts) => _count(counts);
}
