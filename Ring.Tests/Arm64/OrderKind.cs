namespace Ring.Tests.Arm64;

/// <summary>What an access demands of memory order, or what an instruction gives.</summary>
internal enum OrderKind
{
    /// <summary>Nothing: a light fence, which only the JIT has to respect.</summary>
    None,

    Acquire,

    Release,

    /// <summary>Read, modify and write as one, with acquire and release.</summary>
    ReadModifyWrite,

    Fence,

    ProcessWide,

    /// <summary>An atomic instruction with less order than anything in Ring.Core asks for.</summary>
    Weak,
}
