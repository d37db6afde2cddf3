#if NET
using System.Buffers;
#endif

namespace Ring.Tracing;

/// <summary>JSON strings: quotes, backslashes and control characters are escaped, everything else is written as UTF-8.</summary>
internal static class JsonText
{
    private const int FirstPrintable = 0x20;

#if NET
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");
#endif

    public static void AppendJson(this Utf8Buffer buffer, string text) => buffer.AppendJson(text, text.Length);

    /// <summary>Appends at most the first <paramref name="limit"/> characters.</summary>
    public static void AppendJson(this Utf8Buffer buffer, string text, int limit)
    {
        buffer.Append((byte)'"');
        buffer.AppendJsonContent(text, limit);
        buffer.Append((byte)'"');
    }

    /// <summary>As <see cref="AppendJson(Utf8Buffer, string, int)"/>, without the quotes around it.</summary>
    public static void AppendJsonContent(this Utf8Buffer buffer, string text, int limit)
    {
        int end = Math.Min(text.Length, limit);
        for (int start = 0; start < end;)
        {
            int next = NextEscaped(text, start, end);
            buffer.AppendText(text, start, next - start);
            if (next < end)
                buffer.AppendEscape(text[next++]);

            start = next;
        }
    }

    private static int NextEscaped(string text, int start, int end)
    {
#if NET
        int offset = text.AsSpan(start, end - start).IndexOfAny(Escaped);
        return offset < 0 ? end : start + offset;
#else
        int index = start;
        while (index < end && text[index] is >= (char)FirstPrintable and not '"' and not '\\')
            index++;

        return index;
#endif
    }

    private static void AppendEscape(this Utf8Buffer buffer, char character)
    {
        buffer.Append((byte)'\\');
        switch (character)
        {
            case '\n':
                buffer.Append((byte)'n');
                break;
            case '\r':
                buffer.Append((byte)'r');
                break;
            case '\t':
                buffer.Append((byte)'t');
                break;
            case < (char)FirstPrintable:
                buffer.AppendCodePoint(character);
                break;
            default:
                buffer.Append((byte)character);
                break;
        }
    }

    private static void AppendCodePoint(this Utf8Buffer buffer, char control)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        buffer.Append("u00"u8);
        buffer.Append(digits[control >> 4]);
        buffer.Append(digits[control & 0xF]);
    }
}
