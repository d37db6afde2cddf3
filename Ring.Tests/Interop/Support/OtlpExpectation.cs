using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Ring.Tests.Interop.Otlp;

namespace Ring.Tests.Interop.Support;

/// <summary>What the specification makes of an Activity, with the limits that Ring.Tracing states; it shares no code with it.</summary>
internal static class OtlpExpectation
{
    private const int MostItems = 128;
    private const int MostCharacters = 2048;
    private const ulong NanosecondsPerTick = 100;
    private const ulong LatestTicks = ulong.MaxValue / NanosecondsPerTick;

    public static Span Of(Activity activity)
    {
        Span span = new()
        {
            TraceId = Bytes(activity.TraceId.ToHexString()),
            SpanId = Bytes(activity.SpanId.ToHexString()),
            ParentSpanId = activity.ParentSpanId == default ? ByteString.Empty : Bytes(activity.ParentSpanId.ToHexString()),
            TraceState = Text(activity.TraceStateString ?? string.Empty, MostCharacters),
            Flags = Flags(activity.ActivityTraceFlags, activity.HasRemoteParent),
            Name = Text(activity.DisplayName, MostCharacters),
            Kind = (Span.Types.SpanKind)((int)activity.Kind + 1),
            StartTimeUnixNano = Nanoseconds(activity.StartTimeUtc),
            EndTimeUnixNano = Nanoseconds(activity.StartTimeUtc + activity.Duration),
            DroppedAttributesCount = Dropped(activity.TagObjects),
            DroppedEventsCount = OverLimit(activity.Events),
            DroppedLinksCount = OverLimit(activity.Links),
            Status = StatusOf(activity),
        };
        span.Attributes.Add(Attributes(activity.TagObjects));
        span.Events.Add(activity.Events.Take(MostItems).Select(EventOf));
        span.Links.Add(activity.Links.Take(MostItems).Select(LinkOf));
        return span;
    }

    /// <summary>The attributes that tags become; of two with one key, the last counts.</summary>
    public static List<KeyValue> Attributes(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        KeyValuePair<string, object?>[] kept = [.. tags.Take(MostItems)];
        IEnumerable<KeyValuePair<string, object?>> unique = kept.Where((tag, index) => !IsSetAgain(kept, index));
        return [.. from tag in unique
                   let value = Value(tag.Value)
                   where !string.IsNullOrEmpty(tag.Key) && value is not null
                   select new KeyValue { Key = Text(tag.Key), Value = value }];
    }

    private static uint Dropped(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        KeyValuePair<string, object?>[] kept = [.. tags.Take(MostItems)];
        int unique = kept.Where((_, index) => !IsSetAgain(kept, index)).Count();
        return OverLimit(tags) + (uint)(unique - Attributes(tags).Count);
    }

    /// <summary>What has no key is not set again: each is dropped for itself.</summary>
    private static bool IsSetAgain(KeyValuePair<string, object?>[] tags, int index) =>
        !string.IsNullOrEmpty(tags[index].Key)
        && tags.Skip(index + 1).Any(later => string.Equals(later.Key, tags[index].Key, StringComparison.Ordinal));

    private static uint OverLimit<T>(IEnumerable<T> items) => (uint)Math.Max(0, items.Count() - MostItems);

    private static Span.Types.Event EventOf(ActivityEvent item)
    {
        Span.Types.Event expected = new()
        {
            TimeUnixNano = Nanoseconds(item.Timestamp.UtcDateTime),
            Name = Text(item.Name, MostCharacters),
            DroppedAttributesCount = Dropped(item.Tags),
        };
        expected.Attributes.Add(Attributes(item.Tags));
        return expected;
    }

    private static Span.Types.Link LinkOf(ActivityLink link)
    {
        Span.Types.Link expected = new()
        {
            TraceId = Bytes(link.Context.TraceId.ToHexString()),
            SpanId = Bytes(link.Context.SpanId.ToHexString()),
            TraceState = Text(link.Context.TraceState ?? string.Empty, MostCharacters),
            Flags = Flags(link.Context.TraceFlags, link.Context.IsRemote),
            DroppedAttributesCount = Dropped(link.Tags ?? []),
        };
        expected.Attributes.Add(Attributes(link.Tags ?? []));
        return expected;
    }

    private static Status? StatusOf(Activity activity) => activity.Status switch
    {
        ActivityStatusCode.Ok => new Status { Code = Status.Types.StatusCode.Ok },
        ActivityStatusCode.Error => new Status
        {
            Code = Status.Types.StatusCode.Error,
            Message = Text(activity.StatusDescription ?? string.Empty, MostCharacters),
        },
        _ => null,
    };

    /// <summary>Null if the value cannot be read.</summary>
    private static AnyValue? Value(object? value)
    {
        try
        {
            return value switch
            {
                null => new AnyValue(),
                bool flag => new AnyValue { BoolValue = flag },
                sbyte or byte or short or ushort or int or uint or long
                    => new AnyValue { IntValue = Convert.ToInt64(value, CultureInfo.InvariantCulture) },
                ulong number when number <= long.MaxValue => new AnyValue { IntValue = (long)number },
                float number => new AnyValue { DoubleValue = number },
                double number => new AnyValue { DoubleValue = number },
                byte[] bytes => new AnyValue { BytesValue = ByteString.CopyFrom(bytes) },
                Array items => ArrayOf(items),
                IEnumerable<KeyValuePair<string, object?>> pairs => PairsOf(pairs),
                Enum or char => TextValue(value.ToString()!),
                DateTime or DateTimeOffset => TextValue(((IFormattable)value).ToString("o", CultureInfo.InvariantCulture)),
                IFormattable formattable => TextValue(formattable.ToString(null, CultureInfo.InvariantCulture)),
                _ => TextValue(value.ToString() ?? string.Empty),
            };
        }
        catch (NotPrintableException)
        {
            return null;
        }
    }

    private static AnyValue TextValue(string text) => new() { StringValue = Text(text) };

    private static AnyValue? ArrayOf(IEnumerable items)
    {
        AnyValue?[] values = [.. items.Cast<object?>().Select(Value)];
        if (Array.Exists(values, value => value is null))
            return null;

        AnyValue expected = new() { ArrayValue = new ArrayValue() };
        expected.ArrayValue.Values.Add(values);
        return expected;
    }

    private static AnyValue? PairsOf(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        AnyValue expected = new() { KvlistValue = new KeyValueList() };
        foreach (KeyValuePair<string, object?> pair in pairs)
        {
            if (Value(pair.Value) is not { } value)
                return null;

            expected.KvlistValue.Values.Add(new KeyValue { Key = Text(pair.Key), Value = value });
        }

        return expected;
    }

    private static ByteString Bytes(string hex) => ByteString.CopyFrom(Convert.FromHexString(hex));

    private static uint Flags(ActivityTraceFlags flags, bool isRemote) => (uint)flags | 0x100u | (isRemote ? 0x200u : 0);

    private static ulong Nanoseconds(DateTime utc)
    {
        long ticks = (utc - DateTime.UnixEpoch).Ticks;
        return ticks <= 0 ? 0 : Math.Min((ulong)ticks, LatestTicks) * NanosecondsPerTick;
    }

    /// <summary>UTF-8 has no lone surrogate: the replacement character stands for it.</summary>
    private static string Text(string text, int limit = int.MaxValue) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, limit)]));
}
