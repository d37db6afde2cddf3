using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>Reaches into a boxed struct, so that calls through its interfaces and calls on its type work on the same one.</summary>
/// <remarks>Not synchronised: as the struct itself.</remarks>
internal static class StructBox
{
    /// <summary>The struct in the box, not a copy.</summary>
    /// <exception cref="InvalidCastException">The box holds another type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Content<T>(object box)
        where T : struct => ref Unsafe.Unbox<T>(box);
}
