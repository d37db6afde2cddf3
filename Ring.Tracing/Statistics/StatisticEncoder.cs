using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Turns the rows of an interval into lines.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal abstract class StatisticEncoder
{
    public static StatisticEncoder For(StatisticFormat format, string serviceName, StatisticKeyParts parts) => format switch
    {
        StatisticFormat.SofaJson => new SofaStatisticEncoder(new SofaJsonWriter(), serviceName, parts),
        StatisticFormat.SofaText => new SofaStatisticEncoder(new SofaTextWriter(), serviceName, parts),
        _ => new JsonStatisticEncoder(serviceName, parts),
    };

    /// <summary>
    /// Appends what a key did, or everything without a row of its own if <paramref name="key"/> is null, as whole lines.
    /// </summary>
    /// <returns>How many lines.</returns>
    public abstract int Append(Utf8Buffer output, StatisticKey? key, StatisticRow row, DateTime startUtc, DateTime endUtc);

    protected static ReadOnlySpan<byte> NameOf(ActivityKind kind) => kind switch
    {
        ActivityKind.Server => "server"u8,
        ActivityKind.Client => "client"u8,
        ActivityKind.Producer => "producer"u8,
        ActivityKind.Consumer => "consumer"u8,
        _ => "internal"u8,
    };
}
