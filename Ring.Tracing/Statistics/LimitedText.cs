namespace Ring.Tracing;

/// <summary>
/// Texts of which only the beginning is written: what is written alike is the same. Without the limit, a thousand long names
/// would be kept, and each span would cost the hash of all of its name.
/// </summary>
/// <remarks>Thread-safe: it has no state.</remarks>
internal static class LimitedText
{
    private const int Limit = OtlpLimits.TextCharacters;

    public static string Cut(string text) => text.Length <= Limit ? text : text.Substring(0, Limit);

    public static bool AreEqual(string? first, string? second) => string.CompareOrdinal(first, 0, second, 0, Limit) == 0;

    public static int HashOf(string text)
    {
#if NET
        return string.GetHashCode(text.AsSpan(0, Math.Min(text.Length, Limit)), StringComparison.Ordinal);
#else
        if (text.Length < Limit)
            return StringComparer.Ordinal.GetHashCode(text);

        int hash = 0;
        for (int i = 0; i < Limit; i++)
            hash = unchecked((hash * 31) + text[i]);

        return hash;
#endif
    }
}
