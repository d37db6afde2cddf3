namespace Ring.Tests.Stress;

/// <summary>What a handler throws because a scenario wants it.</summary>
internal sealed class PlantedException(long sequence) : Exception($"planted at {sequence}")
{
    public long Sequence => sequence;
}
