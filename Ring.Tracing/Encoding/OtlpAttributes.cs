namespace Ring.Tracing;

/// <summary>The <c>attributes</c> and <c>droppedAttributesCount</c> of a span, an event, a link or a scope.</summary>
internal static class OtlpAttributes
{
    /// <summary>Appends both members, each after a comma, and neither if there is nothing to say.</summary>
    public static void Append(Utf8Buffer buffer, BoundedList<SpanTag> attributes, OtlpRoom room)
    {
        int start = buffer.Length;
        buffer.Append(",\"attributes\":["u8);
        int dropped = attributes.Dropped + AppendItems(buffer, attributes, room, out bool any);
        if (any)
            buffer.Append((byte)']');
        else
            buffer.Truncate(start);

        AppendDropped(buffer, ",\"droppedAttributesCount\":"u8, dropped);
    }

    public static void AppendDropped(Utf8Buffer buffer, ReadOnlySpan<byte> name, int dropped)
    {
        if (dropped == 0)
            return;

        buffer.Append(name);
        buffer.AppendNumber(dropped);
    }

    private static int AppendItems(Utf8Buffer buffer, BoundedList<SpanTag> attributes, OtlpRoom room, out bool any)
    {
        int dropped = 0;
        any = false;
        for (int i = 0; i < attributes.Count; i++)
        {
            if (IsSetAgain(attributes, i))
                continue;

            int start = buffer.Length;
            if (any)
                buffer.Append((byte)',');

            if (OtlpValue.TryWriteAttribute(buffer, in attributes[i], room))
            {
                any = true;
                continue;
            }

            buffer.Truncate(start);
            dropped++;
        }

        return dropped;
    }

    /// <summary>OTLP keys are unique within a list, the tags of an Activity need not be: the last value counts.</summary>
    private static bool IsSetAgain(BoundedList<SpanTag> attributes, int index)
    {
        string key = attributes[index].Key;
        // Without a key it is none, and each is counted.
        if (string.IsNullOrEmpty(key))
            return false;

        for (int later = index + 1; later < attributes.Count; later++)
        {
            if (string.Equals(attributes[later].Key, key, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
