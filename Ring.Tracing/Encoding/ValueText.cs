using System.Globalization;
using System.Text;

namespace Ring.Tracing;

/// <summary>The text of an attribute's value, the same in every culture.</summary>
/// <remarks>Thread-safe as far as the value itself is.</remarks>
internal static class ValueText
{
    private const int DeepestNesting = 8;

    /// <summary>Null if the value cannot be read, because the application's own code failed. The items of an array are separated by commas.</summary>
    public static string? Of(object? value)
    {
        try
        {
            return Read(value, depth: 0);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Of(object?)"/>, at most so many characters of it; a number that is cut would be another number.</summary>
    public static string? Of(object? value, int length)
    {
        string? text = Of(value);
        return text is null || text.Length <= length || value is ValueType ? text : text.Substring(0, length);
    }

    private static string Read(object? value, int depth) => value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        Array items when depth < DeepestNesting => ReadItems(items, depth + 1),
        Enum => value.ToString()!,
        // The usual form would lose the fractions of the second.
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("o", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    private static string ReadItems(Array items, int depth)
    {
        StringBuilder text = new();
        foreach (object? item in items)
        {
            if (text.Length > 0)
                text.Append(',');

            text.Append(Read(item, depth));
            if (text.Length > OtlpLimits.TextCharacters)
                break;
        }

        return text.ToString();
    }
}
