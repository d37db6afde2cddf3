namespace Ring.Tests.Stress;

/// <summary>What the disk does that spans are written to.</summary>
internal enum DiskMood
{
    Sound,
    Slow,
    Failing,
}
