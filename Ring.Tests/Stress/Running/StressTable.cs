using System.Text;

namespace Ring.Tests.Stress;

/// <summary>What a run has done: a line for each group of cases.</summary>
internal static class StressTable
{
    public static string Of(IEnumerable<StressCase> cases)
    {
        StringBuilder text = new();
        text.AppendLine("case                             cases   rounds (fewest)    cycles           events");
        foreach (IGrouping<string, StressCase> group in cases.GroupBy(stressCase => stressCase.Group))
            text.AppendLine(Line(group.Key, [.. group]));
        text.Append(Line("all", [.. cases]));
        return text.ToString();
    }

    private static string Line(string name, StressCase[] cases) => FormattableString.Invariant(
        $"{name,-32} {cases.Length,5} {cases.Sum(c => c.Rounds),8} {"(" + cases.Min(c => c.Rounds) + ")",8} {cases.Sum(c => c.Cycles),9} {cases.Sum(c => c.Events),16:N0}");
}
