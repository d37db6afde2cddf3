namespace Ring.Tests.Model.Engine;

/// <summary>Something that can happen next: a thread goes on, or the time of a thread's wait is over.</summary>
internal readonly record struct Step(ModelThread Thread, bool IsTimeout)
{
    /// <summary>This step in a set of steps.</summary>
    public uint Bit => 1u << (IsTimeout ? Thread.Id + Limits.Threads : Thread.Id);

    /// <summary>How a replay names it.</summary>
    public char Token => (char)((IsTimeout ? 'A' : '0') + Thread.Id);

    /// <summary>
    /// Whether the order of the two makes no difference, whichever message a load picks. Conservative: false is always safe.
    /// </summary>
    public bool IsIndependentOf(Step other)
    {
        if (IsTimeout || other.IsTimeout)
            return false;
        ModelThread a = Thread;
        ModelThread b = other.Thread;
        // It reads and writes the views of all threads, and every step changes its thread's view.
        if (a.Next is StepKind.ProcessWideFence || b.Next is StepKind.ProcessWideFence)
            return false;
        // Any step of a thread may be its last.
        if (a.LooksForEndOf(b) || b.LooksForEndOf(a))
            return false;
        if (a.IsAtLock || b.IsAtLock)
            return a.NextLock != b.NextLock;
        if (!a.IsAtMemory || !b.IsAtMemory)
            return a.Next is not StepKind.Outside || b.Next is not StepKind.Outside;
        if (a.TouchesFenceOrder && b.TouchesFenceOrder)
            return false;
        return a.NextAddress != b.NextAddress || a.NextAddress == 0 || (a.Next is StepKind.Load && b.Next is StepKind.Load);
    }
}
