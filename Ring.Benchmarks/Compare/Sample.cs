namespace Ring.Benchmarks.Compare;

/// <summary>What one run came to.</summary>
/// <param name="Operations">Events that went through.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="AllocatedBytes">What all threads allocated meanwhile; -1 if nobody could tell.</param>
internal readonly record struct Sample(long Operations, double Seconds, long AllocatedBytes)
{
    public double Rate => Operations / Seconds;
}
