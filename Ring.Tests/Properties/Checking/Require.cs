namespace Ring.Tests.Properties.Checking;

/// <summary>Says what a property demands of one case.</summary>
internal static class Require
{
    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new PropertyFailedException($"Not true: {what}");
    }

    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new PropertyFailedException($"{what}: {actual} instead of {expected}");
    }
}
