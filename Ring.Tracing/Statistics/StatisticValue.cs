using System.Globalization;

namespace Ring.Tracing;

/// <summary>
/// The value of an attribute in a key: a text, of which the first <see cref="OtlpLimits.TextCharacters"/> characters count, a
/// number or a boolean. Making one of a boxed number or of a text allocates nothing.
/// </summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal readonly struct StatisticValue : IEquatable<StatisticValue>
{
    private const double LargestExact = 1L << 53;

    private readonly string? _text;
    private readonly long _bits;
    private readonly TypeCode _type;

    private StatisticValue(TypeCode type, long bits, string? text = null)
    {
        _type = type;
        _bits = bits;
        _text = text;
    }

    /// <summary>As <see cref="Of(object?)"/>, without boxing.</summary>
    public static StatisticValue Of(in SpanTag tag)
    {
        if (tag.IsInteger(out long integer))
            return OfInteger(integer);
        if (tag.IsDouble(out double number))
            return OfDouble(number);
        return tag.IsBoolean(out bool flag) ? OfBoolean(flag) : Of(tag.Value);
    }

    /// <summary>What is not there counts as an empty text, and so does what cannot be read.</summary>
    public static StatisticValue Of(object? value) => value switch
    {
        string text => OfText(text),
        int number => OfInteger(number),
        long number => OfInteger(number),
        bool flag => OfBoolean(flag),
        double number => OfDouble(number),
        float number => OfDouble(number),
        null => OfText(string.Empty),
        byte or sbyte or short or ushort or uint => OfInteger(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => OfText(ValueText.Of(value) ?? string.Empty),
    };

    /// <summary>The same value, without what does not count of its text.</summary>
    public StatisticValue Keep() => _text is null ? this : OfText(LimitedText.Cut(_text));

    public bool Equals(StatisticValue other) =>
        _type == other._type && _bits == other._bits && LimitedText.AreEqual(_text, other._text);

    public override bool Equals(object? obj) => obj is StatisticValue other && Equals(other);

    public override int GetHashCode() => _text is null ? _bits.GetHashCode() ^ ((int)_type << 16) : LimitedText.HashOf(_text);

    public override string ToString() => _type switch
    {
        TypeCode.Int64 => _bits.ToString(CultureInfo.InvariantCulture),
        TypeCode.Double => Number.ToString("R", CultureInfo.InvariantCulture),
        TypeCode.Boolean => _bits == 0 ? "false" : "true",
        _ => _text ?? string.Empty,
    };

    /// <summary>Appends a JSON value of its type; what JSON has no number for becomes a string.</summary>
    public void AppendJson(Utf8Buffer output)
    {
        bool isPlain = _type switch
        {
            TypeCode.Int64 or TypeCode.Boolean => true,
            TypeCode.Double => !double.IsNaN(Number) && !double.IsInfinity(Number),
            _ => false,
        };
        if (isPlain)
            output.AppendText(ToString());
        else
            output.AppendJson(ToString(), OtlpLimits.TextCharacters);
    }

    private double Number => BitConverter.Int64BitsToDouble(_bits);

    private static StatisticValue OfText(string text) => new(TypeCode.String, bits: 0, text);

    private static StatisticValue OfBoolean(bool flag) => new(TypeCode.Boolean, flag ? 1 : 0);

    private static StatisticValue OfInteger(long number) => new(TypeCode.Int64, number);

    /// <summary>Whole numbers are written without a fraction, so they count as integers; and one NaN is as good as another.</summary>
    private static StatisticValue OfDouble(double number)
    {
        if (Math.Abs(number) <= LargestExact && Math.Floor(number).Equals(number))
            return OfInteger((long)number);

        return new StatisticValue(TypeCode.Double, BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number));
    }
}
