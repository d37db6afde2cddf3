using System.Globalization;

namespace Ring.Tracing;

/// <summary>
/// One OTLP <c>AnyValue</c>. Integers are decimal strings, because JSON readers lose digits of large numbers; an integer beyond
/// 64 bits, a decimal and every type that OTLP does not have become strings.
/// </summary>
internal static class OtlpValue
{
    private const int DeepestNesting = 8;

    /// <summary>Writes one <c>KeyValue</c>, or takes back what it wrote and returns false.</summary>
    public static bool TryWriteAttribute(Utf8Buffer buffer, in SpanTag tag, OtlpRoom room)
    {
        int start = buffer.Length;
        if (!string.IsNullOrEmpty(tag.Key) && TryWriteKey(buffer, tag.Key, room) && TryWrite(buffer, in tag, room))
        {
            buffer.Append((byte)'}');
            if (buffer.Length <= room.End)
                return true;
        }

        buffer.Truncate(start);
        return false;
    }

    /// <summary>Writes the value, or returns false if there is no room for it or it cannot be read.</summary>
    /// <remarks>After false, and when the buffer went past the room, the caller takes back what was written.</remarks>
    private static bool TryWrite(Utf8Buffer buffer, object? value, OtlpRoom room, int depth)
    {
        switch (value)
        {
            case string text:
                return TryWriteString(buffer, text, room);
            case int number:
                return WriteInteger(buffer, number);
            case long number:
                return WriteInteger(buffer, number);
            case bool flag:
                return WriteBoolean(buffer, flag);
            case double number:
                return WriteDouble(buffer, number);
            case null:
                buffer.Append("{}"u8);
                return true;
            default:
                return TryWriteUncommon(buffer, value, room, depth);
        }
    }

    private static bool TryWriteUncommon(Utf8Buffer buffer, object value, OtlpRoom room, int depth)
    {
        try
        {
            return value switch
            {
                Enum or char => TryWriteString(buffer, value.ToString()!, room),
                float number => WriteDouble(buffer, number),
                byte or sbyte or short or ushort or uint
                    => WriteInteger(buffer, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
                ulong and <= long.MaxValue => WriteInteger(buffer, (long)(ulong)value),
                byte[] bytes => TryWriteBytes(buffer, bytes, room),
                Array items when depth < DeepestNesting => TryWriteArray(buffer, items, room, depth + 1),
                IEnumerable<KeyValuePair<string, object?>> pairs when depth < DeepestNesting
                    => TryWritePairs(buffer, pairs, room, depth + 1),
                // The usual form would lose the fractions of the second.
                DateTime or DateTimeOffset => TryWriteString(buffer, ((IFormattable)value).ToString("o", CultureInfo.InvariantCulture), room),
                IFormattable formattable => TryWriteString(buffer, formattable.ToString(null, CultureInfo.InvariantCulture), room),
                _ => TryWriteString(buffer, value.ToString() ?? string.Empty, room),
            };
        }
        catch (Exception)
        {
            // The application's own code failed: its ToString, or an enumerator. That costs this value, not the span.
            return false;
        }
    }

    private static bool TryWriteString(Utf8Buffer buffer, string text, OtlpRoom room)
    {
        // Looking first keeps a huge text from blowing the buffer up for good.
        if (Math.Min(text.Length, room.TextLength) > room.Left(buffer))
            return false;

        buffer.Append("{\"stringValue\":"u8);
        buffer.AppendJson(text, room.TextLength);
        buffer.Append((byte)'}');
        return true;
    }

    private static bool WriteInteger(Utf8Buffer buffer, long value)
    {
        buffer.Append("{\"intValue\":\""u8);
        buffer.AppendNumber(value);
        buffer.Append("\"}"u8);
        return true;
    }

    private static bool WriteBoolean(Utf8Buffer buffer, bool value)
    {
        buffer.Append(value ? "{\"boolValue\":true}"u8 : "{\"boolValue\":false}"u8);
        return true;
    }

    private static bool WriteDouble(Utf8Buffer buffer, double value)
    {
        buffer.Append("{\"doubleValue\":"u8);
        if (double.IsNaN(value))
            buffer.Append("\"NaN\""u8);
        else if (double.IsInfinity(value))
            buffer.Append(value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
        else
            buffer.AppendNumber(value);

        buffer.Append((byte)'}');
        return true;
    }

    private static bool TryWriteBytes(Utf8Buffer buffer, byte[] bytes, OtlpRoom room)
    {
        if (bytes.Length > room.Left(buffer))
            return false;

        buffer.Append("{\"bytesValue\":\""u8);
        buffer.AppendBase64(bytes);
        buffer.Append("\"}"u8);
        return true;
    }

    private static bool TryWriteArray(Utf8Buffer buffer, Array items, OtlpRoom room, int depth)
    {
        buffer.Append("{\"arrayValue\":{\"values\":["u8);
        bool first = true;
        foreach (object? item in items)
        {
            if (!first)
                buffer.Append((byte)',');

            first = false;
            if (!TryWrite(buffer, item, room, depth) || buffer.Length > room.End)
                return false;
        }

        buffer.Append("]}}"u8);
        return true;
    }

    private static bool TryWritePairs(Utf8Buffer buffer, IEnumerable<KeyValuePair<string, object?>> pairs, OtlpRoom room, int depth)
    {
        buffer.Append("{\"kvlistValue\":{\"values\":["u8);
        bool first = true;
        foreach (KeyValuePair<string, object?> pair in WithUniqueKeys(pairs, room.Left(buffer)))
        {
            if (!first)
                buffer.Append((byte)',');

            first = false;
            if (!TryWritePair(buffer, pair.Key, pair.Value, room, depth))
                return false;
        }

        buffer.Append("]}}"u8);
        return true;
    }

    /// <summary>OTLP keys are unique within a list, those of a sequence need not be: the last value counts.</summary>
    /// <remarks>A pair takes more than a byte, so reading on would be of no use after as many pairs as bytes are left.</remarks>
    private static IEnumerable<KeyValuePair<string, object?>> WithUniqueKeys(
        IEnumerable<KeyValuePair<string, object?>> pairs, int mostPairs)
    {
        if (pairs is IDictionary<string, object?> or IReadOnlyDictionary<string, object?>)
            return pairs;

        Dictionary<string, object?> unique = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> pair in pairs)
        {
            if (mostPairs-- <= 0)
                throw new InvalidOperationException("There is no room for so many pairs.");

            unique[pair.Key] = pair.Value;
        }

        return unique;
    }

    private static bool TryWritePair(Utf8Buffer buffer, string key, object? value, OtlpRoom room, int depth)
    {
        if (!TryWriteKey(buffer, key, room) || !TryWrite(buffer, value, room, depth))
            return false;

        buffer.Append((byte)'}');
        return buffer.Length <= room.End;
    }

    private static bool TryWriteKey(Utf8Buffer buffer, string key, OtlpRoom room)
    {
        if (key.Length > room.Left(buffer))
            return false;

        buffer.Append("{\"key\":"u8);
        buffer.AppendJson(key);
        buffer.Append(",\"value\":"u8);
        return true;
    }

    /// <summary>Writes a value without boxing it.</summary>
    private static bool TryWrite(Utf8Buffer buffer, in SpanTag tag, OtlpRoom room)
    {
        if (tag.IsInteger(out long integer))
            return WriteInteger(buffer, integer);
        if (tag.IsDouble(out double number))
            return WriteDouble(buffer, number);
        return tag.IsBoolean(out bool flag) ? WriteBoolean(buffer, flag) : TryWrite(buffer, tag.Value, room, depth: 0);
    }
}
