namespace Ring.Tracing;

/// <summary>
/// A JSON object for each row. Durations are milliseconds with four decimals, which is as exact as the clock (100 ns).
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class JsonStatisticEncoder(string serviceName, StatisticKeyParts parts) : StatisticEncoder
{
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    public override int Append(Utf8Buffer output, StatisticKey? key, StatisticRow row, DateTime startUtc, DateTime endUtc)
    {
        AppendInterval(output, startUtc, endUtc);
        if (key is null)
            output.Append(",\"others\":true"u8);
        else
            AppendKey(output, key);

        AppendCounts(output, row);
        AppendDurations(output, row);
        output.Append(",\"slowestTraceId\":\""u8);
        output.AppendText(row.SlowestTrace.ToHexString());
        output.Append("\"}\n"u8);
        return 1;
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

    private void AppendKey(Utf8Buffer output, StatisticKey key)
    {
        if (parts.HasName)
        {
            output.Append(",\"name\":"u8);
            output.AppendJson(key.Name, OtlpLimits.TextCharacters);
        }

        if (parts.HasKind)
        {
            output.Append(",\"kind\":\""u8);
            output.Append(NameOf(key.Kind));
            output.Append((byte)'"');
        }

        if (parts.Attributes.Length > 0)
            AppendAttributes(output, key);
    }

    private void AppendAttributes(Utf8Buffer output, StatisticKey key)
    {
        for (int i = 0; i < parts.Attributes.Length; i++)
        {
            output.Append(i == 0 ? ",\"attributes\":{"u8 : ","u8);
            output.AppendJson(parts.Attributes[i]);
            output.Append((byte)':');
            key.Values[i].AppendJson(output);
        }

        output.Append((byte)'}');
    }

    private static void AppendCounts(Utf8Buffer output, StatisticRow row)
    {
        output.Append(row.IsLoadTest ? ",\"loadTest\":true"u8 : ",\"loadTest\":false"u8);
        output.Append(",\"count\":"u8);
        output.AppendNumber(row.Count);
        output.Append(",\"errors\":"u8);
        output.AppendNumber(row.Errors);
    }

    private static void AppendDurations(Utf8Buffer output, StatisticRow row)
    {
        AppendMilliseconds(output, ",\"totalMs\":"u8, row.TotalTicks);
        AppendMilliseconds(output, ",\"minMs\":"u8, row.MinTicks);
        AppendMilliseconds(output, ",\"maxMs\":"u8, row.MaxTicks);
        AppendMilliseconds(output, ",\"p50Ms\":"u8, row.Percentile(50));
        AppendMilliseconds(output, ",\"p90Ms\":"u8, row.Percentile(90));
        AppendMilliseconds(output, ",\"p95Ms\":"u8, row.Percentile(95));
        AppendMilliseconds(output, ",\"p99Ms\":"u8, row.Percentile(99));
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
}
