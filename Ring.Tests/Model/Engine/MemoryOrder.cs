namespace Ring.Tests.Model.Engine;

/// <summary>What an atomic access orders besides its own location.</summary>
public enum MemoryOrder
{
    /// <summary>Nothing. Only a weakened access is relaxed.</summary>
    Relaxed,

    /// <summary>A load: nothing after it moves before it.</summary>
    Acquire,

    /// <summary>A store: nothing before it moves after it.</summary>
    Release,
}
