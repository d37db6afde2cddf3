namespace Ring.Tracing;

/// <summary>
/// Decides by name which activity sources are captured: exact names, and prefixes written with a trailing <c>*</c>.
/// </summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal sealed class SourceNameFilter
{
    private const char Wildcard = '*';

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];

    public SourceNameFilter(IEnumerable<string> patterns)
    {
        foreach (string pattern in patterns)
            Add(pattern);
    }

    /// <summary>True for a name that is not blank and whose only <c>*</c>, if any, stands at its end.</summary>
    public static bool IsValid(string? pattern)
        => !string.IsNullOrWhiteSpace(pattern) && pattern!.IndexOf(Wildcard) is int at && (at < 0 || at == pattern.Length - 1);

    public bool Matches(string name)
    {
        if (_names.Contains(name))
            return true;

        foreach (string prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private void Add(string pattern)
    {
        if (pattern[pattern.Length - 1] == Wildcard)
            _prefixes.Add(pattern.Substring(0, pattern.Length - 1));
        else
            _names.Add(pattern);
    }
}
