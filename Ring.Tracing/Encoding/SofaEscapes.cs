#if NET
using System.Buffers;
#endif

namespace Ring.Tracing;

/// <summary>
/// The escapes of SOFATracer's comma-separated form. A separator within a value is written as <c>%</c> and two hexadecimal digits,
/// and so are the per cent sign and control characters: a line splits at its commas into exactly its cells, a cell of pairs at
/// <c>&amp;</c> and <c>=</c> into exactly its keys and values, and what any URL decoder makes of a part is the value.
/// </summary>
internal static class SofaEscapes
{
    private const string CellSeparators = "%,";

    /// <summary>With those of JSON among them, a cell of pairs is the same in both forms.</summary>
    private const string PairSeparators = "%,&=\"\\";

#if NET
    private const string Controls =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> InCell = SearchValues.Create(CellSeparators + Controls);
    private static readonly SearchValues<char> InPair = SearchValues.Create(PairSeparators + Controls);
#else
    private const char FirstPrintable = ' ';
    private const string InCell = CellSeparators;
    private const string InPair = PairSeparators;
#endif

    /// <summary>Appends at most the first <see cref="OtlpLimits.TextCharacters"/> characters of a value that is a cell.</summary>
    public static void AppendCell(this Utf8Buffer buffer, string text) => Append(buffer, text, InCell);

    /// <summary>As <see cref="AppendCell"/>, of a key or a value in a cell of pairs.</summary>
    public static void AppendInPair(this Utf8Buffer buffer, string text) => Append(buffer, text, InPair);

#if NET
    private static void Append(Utf8Buffer buffer, string text, SearchValues<char> escaped)
#else
    private static void Append(Utf8Buffer buffer, string text, string escaped)
#endif
    {
        int end = Math.Min(text.Length, OtlpLimits.TextCharacters);
        for (int start = 0; start < end;)
        {
            int next = NextEscaped(text, start, end, escaped);
            buffer.AppendText(text, start, next - start);
            if (next < end)
                AppendEscape(buffer, text[next++]);

            start = next;
        }
    }

#if NET
    private static int NextEscaped(string text, int start, int end, SearchValues<char> escaped)
    {
        int offset = text.AsSpan(start, end - start).IndexOfAny(escaped);
        return offset < 0 ? end : start + offset;
    }
#else
    private static int NextEscaped(string text, int start, int end, string escaped)
    {
        int index = start;
        while (index < end && text[index] >= FirstPrintable && escaped.IndexOf(text[index]) < 0)
            index++;

        return index;
    }
#endif

    private static void AppendEscape(Utf8Buffer buffer, char character)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        buffer.Append((byte)'%');
        buffer.Append(digits[character >> 4]);
        buffer.Append(digits[character & 0xF]);
    }
}
