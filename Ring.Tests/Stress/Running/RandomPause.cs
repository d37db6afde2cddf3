namespace Ring.Tests.Stress;

internal static class RandomPause
{
    /// <summary>Of <see cref="Thread.SpinWait"/>: about a millisecond.</summary>
    private const int MostDoublings = 15;

    /// <summary>
    /// Lets a little time pass, as often a hundred nanoseconds as a hundred microseconds: what goes wrong only at the very
    /// beginning is to have its chance as well.
    /// </summary>
    public static void Pause(this Random random) => Thread.SpinWait(random.Next(1 << random.Next(MostDoublings)));
}
