namespace Ring.Core;

/// <summary>The looks of the strategies that do not sleep, or not at once: some in a row, with a pause after each.</summary>
/// <remarks>Thread safety: every thread may call every member.</remarks>
internal static class SpinningWait
{
    /// <summary>
    /// Of <see cref="Thread.SpinWait"/>: longer than that of <see cref="BusySpinWaitStrategy"/>, since who waits here has something
    /// else to do when it takes long, and counts its looks.
    /// </summary>
    private const int PauseIterations = 5;

    /// <summary>Between two looks at the clock, which costs about as much as a pause.</summary>
    private const int LooksByOneClock = 10;

    /// <summary>Gives the other thread of the processor's core, and the line that is looked at, a moment.</summary>
    public static void Pause() => Thread.SpinWait(PauseIterations);

    /// <summary>Looks so many times, with a pause after each; says whether there was a result.</summary>
    public static bool TrySpin(int looks, long sequence, SequenceBarrier barrier, out WaitResult result) =>
        TryLook(looks, yields: false, sequence, barrier, out result);

    /// <summary>Looks so many times, and lets other threads run after each; says whether there was a result.</summary>
    public static bool TryYield(int looks, long sequence, SequenceBarrier barrier, out WaitResult result) =>
        TryLook(looks, yields: true, sequence, barrier, out result);

    /// <summary>As <see cref="TrySpin"/>, until the deadline has passed.</summary>
    public static bool TrySpinUntil(Deadline deadline, long sequence, SequenceBarrier barrier, out WaitResult result) =>
        TryLookUntil(deadline, yields: false, sequence, barrier, out result);

    /// <summary>As <see cref="TryYield"/>, until the deadline has passed.</summary>
    public static bool TryYieldUntil(Deadline deadline, long sequence, SequenceBarrier barrier, out WaitResult result) =>
        TryLookUntil(deadline, yields: true, sequence, barrier, out result);

    private static bool TryLookUntil(Deadline deadline, bool yields, long sequence, SequenceBarrier barrier, out WaitResult result)
    {
        while (!deadline.HasPassed)
        {
            if (TryLook(LooksByOneClock, yields, sequence, barrier, out result))
                return true;
        }

        result = default;
        return false;
    }

    private static bool TryLook(int looks, bool yields, long sequence, SequenceBarrier barrier, out WaitResult result)
    {
        for (int look = 0; look < looks; look++)
        {
            if (barrier.TryPoll(sequence, out result))
                return true;
            if (yields)
                Thread.Yield();
            else
                Pause();
        }

        result = default;
        return false;
    }
}
