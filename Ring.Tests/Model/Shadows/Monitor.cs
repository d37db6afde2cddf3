using Ring.Tests.Model.Engine;

namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
/// <remarks>The lock statement is compiled to calls of this type.</remarks>
public static class Monitor
{
    public static void Enter(object obj) => Machine.Enter(obj);

    public static void Enter(object obj, ref bool lockTaken)
    {
        Machine.Enter(obj);
        lockTaken = true;
    }

    public static void Exit(object obj) => Machine.Exit(obj);

    public static bool Wait(object obj) => Wait(obj, Timeout.InfiniteTimeSpan);

    public static bool Wait(object obj, int millisecondsTimeout) => Wait(obj, TimeSpan.FromMilliseconds(millisecondsTimeout));

    public static bool Wait(object obj, TimeSpan timeout) => Machine.Wait(obj, timeout);

    public static void Pulse(object obj) => Machine.Pulse(obj);

    public static void PulseAll(object obj) => Machine.PulseAll(obj);
}
