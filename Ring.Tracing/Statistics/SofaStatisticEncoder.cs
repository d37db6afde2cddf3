namespace Ring.Tracing;

/// <summary>
/// The statistic lines of SOFATracer, in both of its forms: time, key, count, total milliseconds, success and load test. There,
/// success is a part of the key, so a row with errors has two lines: one for its successes, one for its errors.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaStatisticEncoder(SofaWriter writer, string serviceName, StatisticKeyParts parts) : StatisticEncoder
{
    private readonly byte[][] _names = SofaNames.OfKeys(parts.Attributes);

    public override int Append(Utf8Buffer output, StatisticKey? key, StatisticRow row, DateTime startUtc, DateTime endUtc)
    {
        int lines = 0;
        long successes = row.Count - row.Errors;
        if (successes > 0)
        {
            AppendLine(output, key, row.IsLoadTest, endUtc, isSuccess: true, successes, row.TotalTicks - row.ErrorTicks);
            lines++;
        }

        if (row.Errors > 0)
        {
            AppendLine(output, key, row.IsLoadTest, endUtc, isSuccess: false, row.Errors, row.ErrorTicks);
            lines++;
        }

        return lines;
    }

    private void AppendLine(
        Utf8Buffer output, StatisticKey? key, bool isLoadTest, DateTime endUtc, bool isSuccess, long count, long ticks)
    {
        writer.Begin(output);
        writer.Time("time"u8, endUtc.Ticks);
        writer.BeginGroup("stat.key"u8);
        AppendKey(key);
        writer.EndGroup();
        writer.Number("count"u8, count);
        writer.Number("total.cost.milliseconds"u8, ticks / TimeSpan.TicksPerMillisecond);
        writer.Text("success"u8, isSuccess ? "Y" : "N");
        writer.Text("load.test"u8, isLoadTest ? "T" : "F");
        writer.End();
    }

    /// <summary>No kind is called others, so that no span can be taken for them.</summary>
    private void AppendKey(StatisticKey? key)
    {
        writer.Text("local.app"u8, serviceName);
        writer.Text("span.name"u8, key?.Name);
        writer.Plain("span.kind"u8, key is null ? "others"u8 : parts.HasKind ? NameOf(key.Kind) : default);
        for (int i = 0; i < _names.Length; i++)
            writer.Text(_names[i], key?.Values[i].ToString());
    }
}
