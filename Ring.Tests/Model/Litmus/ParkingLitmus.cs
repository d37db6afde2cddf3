using static System.Threading.Interlocked;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>Going to sleep against waking: a lost wake-up would be a deadlock, see <see cref="FaultTests"/>.</summary>
internal static class ParkingLitmus
{
    public static IEnumerable<LitmusCase> Cases =>
    [
        new("Park and unpark with fences", "awake", () => Park(MemoryBarrier, MemoryBarrier)),
        new("Park and unpark with an asymmetric fence", "awake", () => Park(MemoryBarrierProcessWide, () => { })),
    ];

    /// <summary>X: the condition. Y: somebody sleeps.</summary>
    public static void Park(Action sleeperFence, Action wakerFence)
    {
        Cells c = new();
        Parallel(
            () =>
            {
                lock (c.Gate)
                {
                    Write(ref c.Y, 1);
                    sleeperFence();
                    if (Read(ref c.X) == 0)
                        Monitor.Wait(c.Gate);
                }
            },
            () =>
            {
                Write(ref c.X, 1);
                wakerFence();
                if (Read(ref c.Y) == 0)
                    return;
                lock (c.Gate)
                    Monitor.PulseAll(c.Gate);
            });
        Outcome("awake");
    }
}
