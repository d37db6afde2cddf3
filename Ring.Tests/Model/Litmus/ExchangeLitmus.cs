using static System.Threading.Interlocked;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>Read-modify-write operations: atomic, full fences when they store, acquire loads when they do not.</summary>
internal static class ExchangeLitmus
{
    public static IEnumerable<LitmusCase> Cases =>
    [
        new("Two atomic increments", "2", () => Count(c => Increment(ref c.X))),
        new("Two increments by load and store", "1 2", () => Count(c => Write(ref c.X, Read(ref c.X) + 1))),
        new("Two increments by a compare-and-swap loop", "2", () => Count(IncrementByCompareExchange)),
        new("Of two compare-and-swaps one succeeds", "01 10", OneWinner),
        new("A failed compare-and-swap acquires", "0- 11", FailedExchangeAcquires),
        new("A failed compare-and-swap is no fence", "00 01 10 11", FailedExchangeIsNoFence),
        new("A failed compare-and-swap may have read an old value", "0 1", FailedExchangeReadsOld),
        new("A compare-and-swap that succeeds is a fence", "01 10 11", SuccessIsFence),
        new("A read-modify-write continues what it has read", "0- 1- 21", ReleaseSequence),
    ];

    private static void Count(Action<Cells> increment)
    {
        Cells c = new();
        Parallel(() => increment(c), () => increment(c));
        Outcome($"{Read(ref c.X)}");
    }

    private static void IncrementByCompareExchange(Cells c)
    {
        int before;
        do
        {
            before = Read(ref c.X);
        }
        while (CompareExchange(ref c.X, before + 1, before) != before);
    }

    private static void OneWinner()
    {
        Cells c = new();
        Parallel(
            () => c.R1 = CompareExchange(ref c.X, 1, 0) == 0 ? 1 : 0,
            () => c.R2 = CompareExchange(ref c.X, 2, 0) == 0 ? 1 : 0);
        c.ShowTwo();
    }

    private static void FailedExchangeAcquires()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                c.Plain = 1;
                Write(ref c.X, 1);
            },
            () =>
            {
                c.R1 = CompareExchange(ref c.X, 5, 7);
                c.R2 = c.R1 == 1 ? c.Plain : -1;
            });
        Outcome(c.R1 == 1 ? $"1{c.R2}" : "0-");
    }

    private static void FailedExchangeIsNoFence()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                CompareExchange(ref c.Z, 5, 7);
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Write(ref c.Y, 1);
                CompareExchange(ref c.Z, 5, 7);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void FailedExchangeReadsOld()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                Write(ref c.Y, 1);
            },
            () => c.R1 = CompareExchange(ref c.X, 5, 7));
        Outcome($"{c.R1}");
    }

    private static void SuccessIsFence()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                CompareExchange(ref c.Z, 1, 0);
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Exchange(ref c.Y, 1);
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void ReleaseSequence()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                c.Plain = 1;
                Write(ref c.X, 1);
            },
            () => CompareExchange(ref c.X, 2, 1),
            () =>
            {
                c.R1 = Read(ref c.X);
                c.R2 = c.R1 == 2 ? c.Plain : -1;
            });
        Outcome(c.R1 == 2 ? $"2{c.R2}" : $"{c.R1}-");
    }
}
