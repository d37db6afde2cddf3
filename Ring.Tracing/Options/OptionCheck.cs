namespace Ring.Tracing;

/// <summary>What the options have in common when they are checked: the message names option, value and what is allowed.</summary>
internal static class OptionCheck
{
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static void Require(bool isValid, string option, object? value, string allowed)
    {
        if (!isValid)
            throw new ArgumentException($"{option} is {value ?? "null"}, and must be {allowed}.", option);
    }

    /// <exception cref="ArgumentOutOfRangeException">It is not valid.</exception>
    public static void RequireRange(bool isValid, string option, object value, string allowed)
    {
        if (!isValid)
            throw new ArgumentOutOfRangeException(option, value, $"{option} must be {allowed}.");
    }
}
