namespace Ring.Tests.Stress;

/// <summary>All that a stress run goes through.</summary>
internal static class StressCases
{
    public static IEnumerable<StressCase> All() =>
    [
        .. Combination.All().Select(combination => combination.ToCase()),
        .. SpanCase.All().Select(span => span.ToCase()),
    ];
}
