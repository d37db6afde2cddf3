namespace Ring.Tracing;

/// <summary>
/// Writes the fields of a SOFATracer line in their order. What the two forms have in common is here; names are of ASCII, and
/// need no escape.
/// </summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
/// <param name="textLength">Characters of a tag's value that are written at most.</param>
internal abstract class SofaWriter(int textLength)
{
    /// <summary>Where the line goes.</summary>
    protected Utf8Buffer Output { get; private set; } = new(0);

    /// <summary>Begins a line at the end of a buffer.</summary>
    public void Begin(Utf8Buffer output)
    {
        Output = output;
        BeginLine();
    }

    /// <summary>Ends the line.</summary>
    public abstract void End();

    /// <summary>Begins a field that is a text, to be put together by <see cref="Append"/>.</summary>
    public abstract void BeginText(ReadOnlySpan<byte> name);

    /// <summary>Appends a part of a text, escaped and of limited length.</summary>
    public abstract void Append(string text);

    public abstract void EndText();

    /// <param name="name">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="unit">What follows the number where it is no JSON number.</param>
    public abstract void Number(ReadOnlySpan<byte> name, long value, ReadOnlySpan<byte> unit = default);

    /// <summary>Begins fields that belong together.</summary>
    public abstract void BeginGroup(ReadOnlySpan<byte> name);

    public abstract void EndGroup();

    /// <summary>Begins the tags that have no field of their own.</summary>
    /// <param name="hasCell">Whether the component has a place for them also in the comma-separated form.</param>
    /// <returns>False if there is no place for them.</returns>
    public abstract bool BeginTags(bool hasCell);

    /// <summary>Writes a tag.</summary>
    /// <param name="prefix">What to put before the key.</param>
    /// <param name="tag">The key, and a value of any type.</param>
    /// <returns>False if the value cannot be read; what was written then is for the caller to take back.</returns>
    public abstract bool Tag(string prefix, in SpanTag tag);

    /// <summary>Writes a tag of ours, whose text is not cut as an attribute's is.</summary>
    public abstract void TextTag(string key, string text);

    /// <summary>Writes a tag whose value is the id of a span.</summary>
    public abstract void IdTag(string key, ulong id);

    /// <summary>A field that is a text; empty if there is none.</summary>
    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        BeginText(name);
        Append(value ?? string.Empty);
        EndText();
    }

    /// <summary>A field whose text needs no escape.</summary>
    public void Plain(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginText(name);
        Output.Append(value);
        EndText();
    }

    /// <summary>The text of a tag's value; empty if there is none, or if it cannot be read.</summary>
    public void Value(ReadOnlySpan<byte> name, in SpanTag tag)
    {
        BeginText(name);
        AppendValue(in tag);
        EndText();
    }

    /// <summary>Appends the text of a tag's value to the text that has begun.</summary>
    public void AppendValue(in SpanTag tag)
    {
        if (TryAppendUnboxed(in tag))
            return;

        switch (tag.Value)
        {
            case int number:
                Output.AppendNumber(number);
                break;
            case long number:
                Output.AppendNumber(number);
                break;
            default:
                Append(TextOf(tag.Value) ?? string.Empty);
                break;
        }
    }

    /// <summary>A duration in whole milliseconds, with the unit behind it in both forms.</summary>
    public void Milliseconds(ReadOnlySpan<byte> name, long ticks)
    {
        BeginText(name);
        Output.AppendNumber(ticks / TimeSpan.TicksPerMillisecond);
        Output.Append("ms"u8);
        EndText();
    }

    /// <summary>A time in UTC, <c>2026-01-02 03:04:05.678</c>.</summary>
    public void Time(ReadOnlySpan<byte> name, long ticks)
    {
        DateTime time = new(ticks, DateTimeKind.Utc);
        BeginText(name);
        AppendDigits(time.Year, 4, '-');
        AppendDigits(time.Month, 2, '-');
        AppendDigits(time.Day, 2, ' ');
        AppendDigits(time.Hour, 2, ':');
        AppendDigits(time.Minute, 2, ':');
        AppendDigits(time.Second, 2, '.');
        AppendDigits(time.Millisecond, 3);
        EndText();
    }

    protected abstract void BeginLine();

    /// <summary>The text of a tag's value; null if it cannot be read.</summary>
    protected string? TextOf(object? value) => ValueText.Of(value, textLength);

    /// <summary>Appends a number or a flag, which look the same as a text and in JSON, and need no escape.</summary>
    /// <returns>False if it is anything else.</returns>
    protected bool TryAppendUnboxed(in SpanTag tag)
    {
        if (tag.IsInteger(out long integer))
            Output.AppendNumber(integer);
        else if (tag.IsDouble(out double number) && !double.IsNaN(number) && !double.IsInfinity(number))
            Output.AppendNumber(number);
        else if (tag.IsBoolean(out bool flag))
            Output.Append(flag ? "true"u8 : "false"u8);
        else
            return false;

        return true;
    }

    private void AppendDigits(int value, int count, char? separator = null)
    {
        int unit = 1;
        for (int i = 1; i < count; i++)
            unit *= 10;

        for (; unit > 0; unit /= 10)
            Output.Append((byte)('0' + (value / unit % 10)));

        if (separator is { } character)
            Output.Append((byte)character);
    }
}
