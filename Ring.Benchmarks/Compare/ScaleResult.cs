namespace Ring.Benchmarks.Compare;

/// <summary>The results of all values of a scale case.</summary>
internal sealed record ScaleResult(ScaleCase Case, CaseResult[] Results);
