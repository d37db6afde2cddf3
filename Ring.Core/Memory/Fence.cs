using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>Fences that keep an earlier store before a later load, which no release or acquire does.</summary>
/// <remarks>
/// <see cref="Light"/> and <see cref="Heavy"/> pair with each other: of two threads that each store and then load what the
/// other stored, at least one sees the other's store. The light side is the one that runs for every event. Where the
/// platform has a process-wide barrier, the heavy side pays for both and the light side costs nothing but the order that the
/// JIT keeps between volatile accesses; elsewhere each side is a full fence. Names as in folly's asymmetric fences.
/// Every thread may use every method.
/// </remarks>
internal static class Fence
{
    /// <summary>A full fence on this thread.</summary>
    public static void Full() => Interlocked.MemoryBarrier();

    /// <summary>The side that runs often.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Light()
    {
#if !NET || FULL_FENCES
        Interlocked.MemoryBarrier();
#endif
    }

    /// <summary>The side that runs seldom: about a microsecond where it interrupts the other processors.</summary>
    public static void Heavy()
    {
#if NET && !FULL_FENCES
        Interlocked.MemoryBarrierProcessWide();
#else
        Interlocked.MemoryBarrier();
#endif
    }
}
