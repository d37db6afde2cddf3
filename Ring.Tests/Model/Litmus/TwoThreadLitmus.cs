using static System.Threading.Interlocked;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>The classical shapes of two threads: which reorderings can be seen.</summary>
internal static class TwoThreadLitmus
{
    public static IEnumerable<LitmusCase> Cases =>
    [
        new("SB: stores may be seen after later loads", "00 01 10 11", () => StoreBuffer(() => { }, () => { })),
        new("SB with fences", "01 10 11", () => StoreBuffer(MemoryBarrier, MemoryBarrier)),
        new("SB with one fence", "00 01 10 11", () => StoreBuffer(MemoryBarrier, () => { })),
        new("SB with an asymmetric fence", "01 10 11", () => StoreBuffer(MemoryBarrierProcessWide, () => { })),
        new("SB with two process-wide fences", "01 10 11", () => StoreBuffer(MemoryBarrierProcessWide, MemoryBarrierProcessWide)),
        new("SB with a fence and a process-wide fence", "01 10 11", () => StoreBuffer(MemoryBarrierProcessWide, MemoryBarrier)),
        new("SB with exchanges", "01 10 11", StoreBufferByExchange),
        new("SB with the process-wide fence before the store", "00 01 10 11", FenceTooEarly),
        new("MP: release and acquire hand over", "00 01 11", MessagePassing),
        new("MP with the loads the other way round", "00 01 10 11", MessagePassingBackwards),
        new("LB: no load sees a later store", "00 01 10", LoadBuffer),
        new("CoRR: a location never goes back", "00 01 02 11 12 22", CoherentReads),
        new("CoWR: a thread sees its own store or a later one", "1 2", CoherentWriteRead),
        new("CoRW: a load does not see a store after its own", "0 2", CoherentReadWrite),
        new("CoWW: own stores are in order", "22", CoherentWrites),
        new("2+2W: stores in program order", "12 21 22", TwoTwoWrites),
        new("S: a store after an acquired one comes later", "01 02 11", ShapeS),
        new("R: a store and a load, without fence", "10 11 20 21", () => ShapeR(() => { })),
        new("R with fences", "10 11 21", () => ShapeR(MemoryBarrier)),
    ];

    private static void StoreBuffer(Action first, Action second)
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                first();
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Write(ref c.Y, 1);
                second();
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void StoreBufferByExchange()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Exchange(ref c.X, 1);
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Exchange(ref c.Y, 1);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void FenceTooEarly()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                MemoryBarrierProcessWide();
                Write(ref c.X, 1);
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Write(ref c.Y, 1);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void MessagePassing()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                Write(ref c.Y, 1);
            },
            () =>
            {
                c.R1 = Read(ref c.Y);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void MessagePassingBackwards()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                Write(ref c.Y, 1);
            },
            () =>
            {
                c.R1 = Read(ref c.X);
                c.R2 = Read(ref c.Y);
            });
        c.ShowTwo();
    }

    private static void LoadBuffer()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                c.R1 = Read(ref c.X);
                Write(ref c.Y, 1);
            },
            () =>
            {
                c.R2 = Read(ref c.Y);
                Write(ref c.X, 1);
            });
        c.ShowTwo();
    }

    private static void CoherentReads()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                Write(ref c.X, 2);
            },
            () =>
            {
                c.R1 = Read(ref c.X);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void CoherentWriteRead()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                c.R1 = Read(ref c.X);
            },
            () => Write(ref c.X, 2));
        Outcome($"{c.R1}");
    }

    private static void CoherentReadWrite()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                c.R1 = Read(ref c.X);
                Write(ref c.X, 1);
            },
            () => Write(ref c.X, 2));
        Outcome($"{c.R1}");
    }

    private static void CoherentWrites()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                Write(ref c.X, 2);
            },
            () => Write(ref c.Y, 2));
        c.ShowMemory();
    }

    private static void TwoTwoWrites()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                Write(ref c.Y, 2);
            },
            () =>
            {
                Write(ref c.Y, 1);
                Write(ref c.X, 2);
            });
        c.ShowMemory();
    }

    private static void ShapeS()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 2);
                Write(ref c.Y, 1);
            },
            () =>
            {
                c.R2 = Read(ref c.Y);
                Write(ref c.X, 1);
            });
        Outcome($"{c.R2}{Read(ref c.X)}");
    }

    private static void ShapeR(Action fence)
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                fence();
                Write(ref c.Y, 1);
            },
            () =>
            {
                Write(ref c.Y, 2);
                fence();
                c.R1 = Read(ref c.X);
            });
        Outcome($"{Read(ref c.Y)}{c.R1}");
    }
}
