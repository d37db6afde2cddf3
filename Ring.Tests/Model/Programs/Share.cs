using System.Globalization;

namespace Ring.Tests.Model.Programs;

/// <summary>
/// What this process does of a long list, so that several can split it: <c>RING_MODEL_SHARE=2/3</c> is the second of three.
/// </summary>
internal static class Share
{
    private static readonly (int Number, int Count) Own = Parse(Environment.GetEnvironmentVariable("RING_MODEL_SHARE") ?? "1/1");

    /// <summary>The name of this share; distinct among those that split a list.</summary>
    public static string Name => $"{Own.Number}";

    /// <summary>Every n-th: neighbours in a list take equally long.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Where((_, i) => i % Own.Count == Own.Number - 1);

    private static (int Number, int Count) Parse(string share)
    {
        int[] parts = [.. share.Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return parts is [var number, var count] && number >= 1 && number <= count
            ? (number, count)
            : throw new ArgumentException($"RING_MODEL_SHARE is {share}, but is a number, a slash and how many there are.");
    }
}
