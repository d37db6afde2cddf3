namespace Ring.Tracing;

/// <summary>Lines of text as the application gives them. A line stays one: what would end it is written as an escape.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class TextEncoder : SpanEncoder
{
    private readonly Utf8Buffer _lines = new(4 * 1024);
    private int _count;

    public override int PendingBytes => _lines.Length;

    public override int PendingSpans => _count;

    public override void Add(SpanEvent span)
    {
        int start = _lines.Length;
        try
        {
            AppendLine(span.Line ?? TextOf(span));
            _count++;
        }
        catch
        {
            _lines.Truncate(start);
            throw;
        }
    }

    public override void CompleteLines(Utf8Buffer output)
    {
        output.Append(_lines);
        Abandon();
    }

    public override void Abandon()
    {
        _lines.Clear();
        _count = 0;
    }

    /// <summary>The only span that comes here is a gap record.</summary>
    private static string TextOf(SpanEvent gap)
    {
        _ = gap.TryGetTag(GapNames.Count, out object? count);
        _ = gap.TryGetTag(GapNames.Reason, out object? reason);
        return FormattableString.Invariant($"[{GapNames.Scope}] {count} spans or lines lost, {reason}, from {gap.StartTimeUtc:O} to {gap.StartTimeUtc + gap.Duration:O}");
    }

    private void AppendLine(string line)
    {
        int end = Math.Min(line.Length, OtlpLimits.SpanContent / 3);
        int start = 0;
        for (int i = 0; i < end; i++)
        {
            if (line[i] is not ('\n' or '\r'))
                continue;

            _lines.AppendText(line, start, i - start);
            _lines.Append(line[i] == '\n' ? "\\n"u8 : "\\r"u8);
            start = i + 1;
        }

        _lines.AppendText(line, start, end - start);
        _lines.Append((byte)'\n');
    }
}
