using Ring.Tests.Model.Engine;

namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
public static class Interlocked
{
    public static int Exchange(ref int location, int value) => Machine.Modify(ref location, _ => value);

    public static long Exchange(ref long location, long value) => Machine.Modify(ref location, _ => value);

    public static T Exchange<T>(ref T location, T value) => Machine.Modify(ref location, _ => value);

    public static int CompareExchange(ref int location, int value, int comparand) =>
        Machine.CompareExchange(ref location, value, comparand);

    public static long CompareExchange(ref long location, long value, long comparand) =>
        Machine.CompareExchange(ref location, value, comparand);

    public static T CompareExchange<T>(ref T location, T value, T comparand) =>
        Machine.CompareExchange(ref location, value, comparand);

    public static int Add(ref int location, int value) => Machine.Modify(ref location, before => before + value) + value;

    public static long Add(ref long location, long value) => Machine.Modify(ref location, before => before + value) + value;

    public static int Increment(ref int location) => Add(ref location, 1);

    public static long Increment(ref long location) => Add(ref location, 1);

    public static void MemoryBarrier() => Machine.Fence();

    public static void MemoryBarrierProcessWide() => Machine.FenceProcessWide();
}
