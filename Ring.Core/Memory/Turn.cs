namespace Ring.Core;

/// <summary>Lets one thread at a time change what changes seldom; a thread that has its turn may take it again.</summary>
/// <remarks>Thread safety: every member may be called by every thread.</remarks>
internal sealed class Turn
{
    /// <summary>Waits for the turn, and takes it: what those before did is visible.</summary>
    /// <returns>What gives it back.</returns>
    public Held Take()
    {
        Monitor.Enter(this);
        return new Held(this);
    }

    /// <summary>A turn that is taken. Disposed of once, by the thread that took it.</summary>
    public readonly struct Held(Turn turn) : IDisposable
    {
        public void Dispose() => Monitor.Exit(turn);
    }
}
