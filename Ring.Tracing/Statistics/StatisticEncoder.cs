using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>
/// Statistic lines: a JSON object for each key that was seen in an interval. Durations are milliseconds with four decimals, which
/// is as exact as the clock (100 ns).
/// </summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal sealed class StatisticEncoder(string serviceName)
{
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    /// <summary>Appends the line of a key, or of everything without a row of its own if <paramref name="key"/> is null.</summary>
    public void Append(Utf8Buffer output, StatisticKey? key, StatisticRow row, DateTime startUtc, DateTime endUtc)
    {
        AppendInterval(output, startUtc, endUtc);
        if (key is null)
            output.Append(",\"others\":true"u8);
        else
            AppendKey(output, key.Value);

        AppendValues(output, row);
    }

    private void AppendInterval(Utf8Buffer output, DateTime startUtc, DateTime endUtc)
    {
        output.Append("{\"start\":\""u8);
        output.AppendTime(startUtc);
        output.Append("\",\"end\":\""u8);
        output.AppendTime(endUtc);
        output.Append("\",\"service\":"u8);
        output.AppendJson(serviceName);
    }

    private static void AppendKey(Utf8Buffer output, StatisticKey key)
    {
        output.Append(",\"name\":"u8);
        output.AppendJson(key.Name, OtlpLimits.TextCharacters);
        output.Append(",\"kind\":\""u8);
        output.Append(NameOf(key.Kind));
        output.Append((byte)'"');
    }

    private static void AppendValues(Utf8Buffer output, StatisticRow row)
    {
        output.Append(",\"count\":"u8);
        output.AppendNumber(row.Count);
        output.Append(",\"errors\":"u8);
        output.AppendNumber(row.Errors);
        AppendMilliseconds(output, ",\"totalMs\":"u8, row.TotalTicks);
        AppendMilliseconds(output, ",\"minMs\":"u8, row.MinTicks);
        AppendMilliseconds(output, ",\"maxMs\":"u8, row.MaxTicks);
        AppendMilliseconds(output, ",\"p50Ms\":"u8, row.Percentile(0.50));
        AppendMilliseconds(output, ",\"p90Ms\":"u8, row.Percentile(0.90));
        AppendMilliseconds(output, ",\"p95Ms\":"u8, row.Percentile(0.95));
        AppendMilliseconds(output, ",\"p99Ms\":"u8, row.Percentile(0.99));
        output.Append(",\"slowestTraceId\":\""u8);
        output.AppendText(row.SlowestTrace.ToHexString());
        output.Append("\"}\n"u8);
    }

    /// <summary>Whole numbers only, so that no digit depends on floating point.</summary>
    private static void AppendMilliseconds(Utf8Buffer output, ReadOnlySpan<byte> name, long ticks)
    {
        output.Append(name);
        output.AppendNumber(ticks / TicksPerMillisecond);
        output.Append((byte)'.');
        long fraction = ticks % TicksPerMillisecond;
        for (long unit = TicksPerMillisecond / 10; unit > 0; unit /= 10)
            output.Append((byte)('0' + (fraction / unit % 10)));
    }

    private static ReadOnlySpan<byte> NameOf(ActivityKind kind) => kind switch
    {
        ActivityKind.Server => "server"u8,
        ActivityKind.Client => "client"u8,
        ActivityKind.Producer => "producer"u8,
        ActivityKind.Consumer => "consumer"u8,
        _ => "internal"u8,
    };
}
