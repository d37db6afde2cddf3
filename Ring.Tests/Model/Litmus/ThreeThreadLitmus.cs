using static System.Threading.Interlocked;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>Whether what one thread has seen, others see too.</summary>
internal static class ThreeThreadLitmus
{
    private const string AllButWriteToReadCausality = "000 001 010 011 100 101 111";

    public static IEnumerable<LitmusCase> Cases =>
    [
        new("WRC: causality is passed on", AllButWriteToReadCausality, WriteToReadCausality),
        new("RWC without fences", "000 001 010 011 100 101 110 111", () => ReadToWriteCausality(() => { })),
        new("RWC with fences", "000 001 010 011 101 110 111", () => ReadToWriteCausality(MemoryBarrier)),
        new("IRIW: independent stores may be seen in different orders", AllOf(4), () => IndependentReads(() => { })),
        new("IRIW with fences", AllOf(4).Replace("1010 ", ""), () => IndependentReads(MemoryBarrier)),
        new("ISA2: causality through two cells", "0-- 10- 111", CausalityThroughTwoCells),
        new("SB of three threads", AllOf(3), () => StoreBufferOfThree(() => { }, () => { }, () => { })),
        new("SB of three threads with fences", AllOf(3)[4..], () => StoreBufferOfThree(MemoryBarrier, MemoryBarrier, MemoryBarrier)),
        new(
            "A process-wide fence orders its caller with each other thread",
            "0011 0110 0111 1001 1011 1100 1101 1110 1111",
            ProcessWideFenceAgainstTwo),
        new(
            "A process-wide fence does not order other threads with each other",
            AllOf(2),
            Bystanders),
        new("A process-wide fence reaches other threads at different moments", "other staggered", StaggeredInterrupts),
    ];

    /// <summary>All outcomes of so many binary registers.</summary>
    private static string AllOf(int registers) => string.Join(
        ' ',
        Enumerable.Range(0, 1 << registers).Select(i => Convert.ToString(i, 2).PadLeft(registers, '0')));

    private static void WriteToReadCausality()
    {
        Cells c = new();
        Parallel(
            () => Write(ref c.X, 1),
            () =>
            {
                c.R1 = Read(ref c.X);
                Write(ref c.Y, 1);
            },
            () =>
            {
                c.R2 = Read(ref c.Y);
                c.R3 = Read(ref c.X);
            });
        c.ShowThree();
    }

    private static void ReadToWriteCausality(Action fence)
    {
        Cells c = new();
        Parallel(
            () => Write(ref c.X, 1),
            () =>
            {
                c.R1 = Read(ref c.X);
                fence();
                c.R2 = Read(ref c.Y);
            },
            () =>
            {
                Write(ref c.Y, 1);
                fence();
                c.R3 = Read(ref c.X);
            });
        c.ShowThree();
    }

    private static void IndependentReads(Action fence)
    {
        Cells c = new();
        Parallel(
            () => Write(ref c.X, 1),
            () => Write(ref c.Y, 1),
            () =>
            {
                c.R1 = Read(ref c.X);
                fence();
                c.R2 = Read(ref c.Y);
            },
            () =>
            {
                c.R3 = Read(ref c.Y);
                fence();
                c.R4 = Read(ref c.X);
            });
        c.ShowFour();
    }

    private static void CausalityThroughTwoCells()
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
                if (Read(ref c.Y) == 1)
                    Write(ref c.Z, 1);
                else
                    c.R4 = 1;
            },
            () =>
            {
                c.R2 = Read(ref c.Z);
                c.R3 = Read(ref c.X);
            });
        Outcome(c.R4 == 1 ? "0--" : c.R2 == 0 ? "10-" : $"11{c.R3}");
    }

    private static void StoreBufferOfThree(Action first, Action second, Action third)
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
                c.R2 = Read(ref c.Z);
            },
            () =>
            {
                Write(ref c.Z, 1);
                third();
                c.R3 = Read(ref c.X);
            });
        c.ShowThree();
    }

    /// <summary>R1 R2: what the caller sees of the two; R3 R4: what they see of it.</summary>
    private static void ProcessWideFenceAgainstTwo()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                MemoryBarrierProcessWide();
                c.R1 = Read(ref c.Y);
                c.R2 = Read(ref c.Z);
            },
            () =>
            {
                Write(ref c.Y, 1);
                c.R3 = Read(ref c.X);
            },
            () =>
            {
                Write(ref c.Z, 1);
                c.R4 = Read(ref c.X);
            });
        c.ShowFour();
    }

    private static void Bystanders()
    {
        Cells c = new();
        Parallel(
            MemoryBarrierProcessWide,
            () =>
            {
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

    /// <summary>
    /// The second thread is interrupted before its store, the first after its load: possible on x64, where the store of each
    /// is still in its buffer when the other loads.
    /// </summary>
    private static void StaggeredInterrupts()
    {
        Cells c = new();
        int seen = 0;
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                c.R1 = Read(ref c.Z);
            },
            () =>
            {
                Write(ref c.Y, 1);
                c.R2 = Read(ref c.Z);
                c.R3 = Read(ref c.X);
            },
            () =>
            {
                Write(ref c.Z, 1);
                MemoryBarrierProcessWide();
                c.R4 = Read(ref c.X);
                seen = Read(ref c.Y);
            });
        Outcome((c.R1, c.R2, c.R3, c.R4, seen) == (0, 1, 0, 1, 0) ? "staggered" : "other");
    }
}
