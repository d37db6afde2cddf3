using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace Ring.Tests.Interop.Support;

/// <summary>Makes what spans are fed with, of everything that is hard on a writer.</summary>
internal static class SpanPlans
{
    private const int Megabyte = 1024 * 1024;
    private const int TenThousand = 10_000;

    /// <summary>Quotes, controls, lone surrogates, pairs, what is no character, and what looks like the line's own syntax.</summary>
    private static readonly string[] Fragments =
    [
        "a", "\"", "\\", "/", "\0", "\u0001", "\b", "\t", "\n", "\r", "\u001f", "\u007f", "\u0085", "\u2028", "\ufeff", "\uffff",
        "\ud800", "\udbff", "\udc00", "\udfff", "\ud83d\ude00", "é", "漢", "{}", "],", "\\u0041", "</script>",
        "\"traceId\":\"00112233445566778899aabbccddeeff\"", "\",\"kind\":9",
    ];

    private static readonly Gen<ActivityContext> Contexts =
        from isRemote in Gen.Elements(true, false)
        from flags in Gen.Elements(ActivityTraceFlags.None, ActivityTraceFlags.Recorded)
        from state in Gen.Elements(null, "a=b", "\"\ud800")
        select new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, state, isRemote);

    private static readonly Gen<DateTimeOffset> Times = Gen.Elements(
        DateTimeOffset.MinValue.AddTicks(1), DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(2026, 11, 21, 1, 30, 0, TimeSpan.Zero));

    /// <summary>Spans that fit a line with everything they hold, but for more items than a span may have.</summary>
    public static Arbitrary<SpanPlan[]> ThatFit => Several(Plan(Tags(Texts(0, 8), Texts(0, 16), most: 140))).ToArbitrary();

    /// <summary>Spans too big for a line: ten thousand tags, tags of a megabyte, the longest names.</summary>
    public static Arbitrary<SpanPlan[]> ThatDoNotFit => Several(Plan(BigTags())).ToArbitrary();

    private static Gen<SpanPlan[]> Several(Gen<SpanPlan> plan) => Gen.Choose(1, 4).SelectMany(count => plan.ArrayOf(count));

    private static Gen<SpanPlan> Plan(Gen<KeyValuePair<string, object?>[]> tags) =>
        from name in Texts(0, 3000)
        from kind in Gen.Choose(0, 4)
        from duration in Gen.Elements(0, 1, -1, -TimeSpan.TicksPerDay, TimeSpan.TicksPerDay * 3650)
        from status in Gen.Choose(0, 2)
        from message in Texts(0, 100)
        from state in Texts(0, 100)
        from spanTags in tags
        from events in Many(Event)
        from links in Many(Link)
        select new SpanPlan(name, (ActivityKind)kind, duration)
        {
            Status = (ActivityStatusCode)status,
            StatusMessage = message,
            TraceState = state,
            Tags = spanTags,
            Events = events,
            Links = links,
        };

    private static Gen<EventPlan> Event =>
        from name in Texts(0, 8)
        from time in Times
        from tags in Tags(Texts(1, 4), Texts(0, 6), most: 2)
        select new EventPlan(name, time, tags);

    private static Gen<LinkPlan> Link =>
        from context in Contexts
        from tags in Tags(Texts(1, 4), Texts(0, 6), most: 2)
        select new LinkPlan(context, tags);

    /// <summary>Mostly few, and now and then more than a span may have.</summary>
    private static Gen<T[]> Many<T>(Gen<T> item) =>
        from count in Gen.Frequency((9, Gen.Choose(0, 4)), (1, Gen.Constant(130)))
        from items in item.ArrayOf(count)
        select items;

    private static Gen<KeyValuePair<string, object?>[]> Tags(Gen<string> keys, Gen<string> texts, int most) =>
        from count in Gen.Frequency((9, Gen.Choose(0, Math.Min(12, most))), (1, Gen.Constant(most)))
        from tags in Tag(keys, texts).ArrayOf(count)
        select tags;

    private static Gen<KeyValuePair<string, object?>> Tag(Gen<string> keys, Gen<string> texts) =>
        from key in keys
        from value in Values(texts)
        select new KeyValuePair<string, object?>(key, value);

    /// <summary>Keys are numbered, so that each tag counts.</summary>
    private static Gen<KeyValuePair<string, object?>[]> BigTags() =>
        from count in Gen.Elements(1, 20, 128, TenThousand)
        from big in Gen.Choose(0, 3)
        from fragment in Gen.Elements(Fragments)
        from value in Values(Texts(0, 1000))
        select Enumerable.Range(0, count)
            .Select(i => new KeyValuePair<string, object?>($"key {i}", i <= big ? Long(fragment, Megabyte) : value))
            .ToArray();

    private static string Long(string fragment, int length) => string.Concat(Enumerable.Repeat(fragment, length / fragment.Length));

    private static Gen<object?> Values(Gen<string> texts) => Gen.Frequency(
        (4, Scalars(texts)),
        (1, Scalars(texts).ArrayOf(3).Select(items => (object?)items)),
        (1, texts.ArrayOf(2).Select(items => (object?)items)),
        (1, Pairs(texts)));

    private static Gen<object?> Pairs(Gen<string> texts) =>
        from key in texts
        from value in Scalars(texts)
        select (object?)new Dictionary<string, object?>(StringComparer.Ordinal) { ["first"] = value, ["2" + key] = value };

    private static Gen<object?> Scalars(Gen<string> texts) => Gen.OneOf(
        texts.Select(text => (object?)text),
        Gen.Elements<object?>(
            null, true, false, 0, -1, int.MinValue, long.MinValue, long.MaxValue, ulong.MaxValue, (ulong)1, byte.MaxValue, sbyte.MinValue,
            short.MinValue, ushort.MaxValue, uint.MaxValue),
        Gen.Elements<object?>(
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, -0.0, 0.1, float.NaN, 0.1f,
            decimal.MaxValue, decimal.MinValue),
        Gen.Elements<object?>(
            '"', '\ud800', DayOfWeek.Friday, (DayOfWeek)99, DateTime.MaxValue, Guid.Empty, TimeSpan.MinValue, Array.Empty<byte>(),
            new byte[] { 0, 255 }, Array.Empty<string>(), new NotPrintable(), new object?[] { null, new NotPrintable() }));

    private static Gen<string> Texts(int least, int most) =>
        from length in Gen.Choose(least, most)
        from fragments in Gen.Elements(Fragments).ArrayOf(length)
        select string.Concat(fragments);
}
