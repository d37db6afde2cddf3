using static System.Threading.Interlocked;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>What looks as if one thread used it alone, for a while or in most schedules.</summary>
internal static class PrivateLitmus
{
    public static IEnumerable<LitmusCase> Cases =>
    [
        new("A store that few schedules reach is met", "00 01 11", RareStore),
        new("A load that few schedules reach meets every store", "00 01 11 21", RareLoad),
        new("A load behind the store that brings about another thread's store", "00 01 11", ProvokedStore),
        new("A second cell has one name in two histories", "00 10 51", OneNameForTwoCells),
        new("What threads use one after the other", "20", OneAfterTheOther),
        new("SB with read-modify-writes of private cells", "01 10 11", () => StoreBuffer((ref int cell) => Increment(ref cell))),
        new("SB with stores to private cells", "00 01 10 11", () => StoreBuffer((ref int cell) => Write(ref cell, 1))),
    ];

    private delegate void Change(ref int cell);

    private static void RareStore()
    {
        Cells c = new();
        Parallel(
            () => c.R1 = Read(ref c.X),
            () =>
            {
                c.R2 = Read(ref c.Y);
                if (c.R2 == 1)
                    Write(ref c.X, 1);
            },
            () => Write(ref c.Y, 1));
        c.ShowTwo();
    }

    private static void RareLoad()
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
                c.R2 = Read(ref c.Y);
                if (c.R2 == 1)
                    c.R1 = Read(ref c.X);
            },
            () => Write(ref c.Y, 1));
        c.ShowTwo();
    }

    /// <summary>The load is passed by together with the store before it, and only the other thread can tell that it was shared.</summary>
    private static void ProvokedStore()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.Y, 1);
                c.R1 = Read(ref c.X);
            },
            () =>
            {
                c.R2 = Read(ref c.Y);
                if (c.R2 == 1)
                    Write(ref c.X, 1);
            });
        c.ShowTwo();
    }

    private static void OneNameForTwoCells()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                c.R2 = Read(ref c.Y);
                c.R1 = c.R2 == 0 ? Read(ref c.X) : Read(ref c.Z) + 5;
            },
            () =>
            {
                Write(ref c.Y, 1);
                Write(ref c.X, 1);
            });
        c.ShowTwo();
    }

    private static void OneAfterTheOther()
    {
        Cells c = new();
        Write(ref c.X, 1);
        Parallel(() => Write(ref c.X, Read(ref c.X) + 1));
        c.R1 = Read(ref c.X);
        c.ShowTwo();
    }

    private static void StoreBuffer(Change between)
    {
        Cells c = new();
        Cells own = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                between(ref own.X);
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Write(ref c.Y, 1);
                between(ref own.Y);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }
}
