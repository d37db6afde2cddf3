namespace Ring.Tests.Model.Engine;

/// <summary>What a mutant leaves out at one site.</summary>
public enum WeakeningKind
{
    /// <summary>An acquire load becomes relaxed.</summary>
    RelaxedLoad,

    /// <summary>A release store becomes relaxed.</summary>
    RelaxedStore,

    /// <summary>A read-modify-write becomes an acquire load and a release store, with room in between.</summary>
    SplitReadModifyWrite,

    /// <summary>A read-modify-write keeps acquire and release, but is no fence.</summary>
    UnfencedReadModifyWrite,

    /// <summary>A full fence is gone.</summary>
    NoFence,

    /// <summary>A process-wide barrier is gone.</summary>
    NoProcessWideFence,

    /// <summary>A monitor is neither entered nor left.</summary>
    NoLock,

    /// <summary>Nobody is pulsed.</summary>
    NoPulse,

    /// <summary>Where all that wait are pulsed, only the first of them is.</summary>
    PulseOfOne,
}
