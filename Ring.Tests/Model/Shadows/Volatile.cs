using System.Runtime.CompilerServices;
using Ring.Tests.Model.Engine;

namespace System.Threading;

/// <summary>Stands in for the real type: a declaration in the source, or in the woven assembly, comes before an imported one.</summary>
public static class Volatile
{
    public static bool Read(ref readonly bool location) => Machine.Load(ref Unsafe.AsRef(in location));

    public static int Read(ref readonly int location) => Machine.Load(ref Unsafe.AsRef(in location));

    public static long Read(ref readonly long location) => Machine.Load(ref Unsafe.AsRef(in location));

    public static T Read<T>(ref readonly T location)
        where T : class? => Machine.Load(ref Unsafe.AsRef(in location));

    public static void Write(ref bool location, bool value) => Machine.Store(ref location, value);

    public static void Write(ref int location, int value) => Machine.Store(ref location, value);

    public static void Write(ref long location, long value) => Machine.Store(ref location, value);

    public static void Write<T>(ref T location, T value)
        where T : class? => Machine.Store(ref location, value);
}
