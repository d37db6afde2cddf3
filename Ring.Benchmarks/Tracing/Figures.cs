using System.Globalization;

namespace Ring.Benchmarks.Tracing;

/// <summary>One figure of all rounds.</summary>
internal static class Figures
{
    /// <summary>The median, and in brackets the quartiles.</summary>
    public static string Text(IEnumerable<double> rounds, string format)
    {
        double[] sorted = [.. rounds.Order()];
        return string.Format(
            CultureInfo.InvariantCulture,
            $"{{0:{format}}} ({{1:{format}}}-{{2:{format}}})",
            sorted[sorted.Length / 2], sorted[sorted.Length / 4], sorted[sorted.Length * 3 / 4]);
    }
}
