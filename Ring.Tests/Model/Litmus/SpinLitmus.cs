using Ring.Tests.Model.Engine;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>Loops that do more than look: when they must go on, although what they look at is as it was.</summary>
internal static class SpinLitmus
{
    public static IEnumerable<LitmusCase> Cases =>
    [
        new("A spin that stores stores again over another's store", "0 1", StoreInSpin),
        new("A spin that locks meets what another does under the lock", "0 1", LockInSpin),
        new("A spin that looks for the end of a thread meets it", "0 1", JoinInSpin),
        new("A spin tells its own value from another's message", "00 01 10 11", OwnAndOthers),
        new("A spin whose only look is under a lock ends", "1", SpinUnderLock),
        new("A spin that locks goes on, however often another was in the lock for nothing", "1", SpinUnderBusyLock),
        new("A spin that stores goes on, however often another stores over it", "done", StoreAgainAndAgain),
        new("Of three spins under a lock each has its turn", "done", SpinByTurns),
        new("A pause behind a store waits for nothing", "done", PauseBehindStore),
        new("A pause within a spin waits for nothing", "done", PauseInSpin),
        new("A pause behind a spin that found the same often enough is no end", "00 01 10 11", PauseAfterRepetition),
        new("A spin that counts behind the machine's back is followed as far as one that stores", "0 1 2", CountSpinsOutside),
        new("What threads count behind the machine's back is met in every order", "12 21", CountOutside),
        new("What threads leave behind the machine's back is met in every order", "[1,2] [1] [2,1] [2] []", LeaveOutside),
        new("A wait that nothing else could end uses up no early timeout", "0 1", LateAndEarlyTimeout)
        {
            Options = new CheckOptions { Timeouts = TimeoutRule.Early },
        },
    ];

    private static void StoreInSpin()
    {
        Cells c = new();
        Parallel(
            () => StoreUntilX(c),
            () =>
            {
                Await(ref c.Z);
                Write(ref c.Z, 0);
                c.R1 = Read(ref c.Z);
                Write(ref c.X, 1);
            });
        Outcome($"{c.R1}");
    }

    private static void LockInSpin()
    {
        Cells c = new();
        Parallel(
            () => SpinAndTell(c, () =>
            {
                lock (c.Gate)
                    return c.Plain == 1;
            }),
            () =>
            {
                Await(ref c.Y);
                lock (c.Gate)
                    c.Plain = 1;
                c.R1 = Read(ref c.Z);
                Write(ref c.X, 1);
            });
        Outcome($"{c.R1}");
    }

    private static void JoinInSpin()
    {
        Cells c = new();
        ModelThread ends = Start(() => Await(ref c.Y));
        Parallel(
            () => SpinAndTell(c, () => Join(ends, TimeSpan.Zero)),
            () =>
            {
                Join(ends);
                c.R1 = Read(ref c.Z);
                Write(ref c.X, 1);
            });
        Outcome($"{c.R1}");
    }

    /// <summary>The thread's own value is the number of the other's message.</summary>
    private static void OwnAndOthers()
    {
        Cells c = new();
        Write(ref c.X, 2);
        ModelThread other = Start(() =>
        {
            Write(ref c.X, 7);
            Write(ref c.X, 9);
        });
        int seen;
        while ((seen = Read(ref c.X)) != 9)
        {
            if (seen == 2)
                c.R1 = 1;
            else
                c.R2 = 1;
            SpinHint();
        }

        Join(other);
        c.ShowTwo();
    }

    private static void SpinUnderLock() => SpinUnderLock(visits: 0);

    private static void SpinUnderBusyLock() => SpinUnderLock(visits: 3);

    /// <summary>The other one is in the lock <paramref name="visits"/> times before it sets what is waited for.</summary>
    private static void SpinUnderLock(int visits)
    {
        Cells c = new();
        Parallel(
            () =>
            {
                while (!IsSet())
                    SpinHint();
                c.R1 = 1;
            },
            () =>
            {
                for (int i = 0; i <= visits; i++)
                {
                    lock (c.Gate)
                        c.Plain = i == visits ? 1 : 0;
                }
            });
        Outcome($"{c.R1}");

        bool IsSet()
        {
            lock (c.Gate)
                return c.Plain == 1;
        }
    }

    private static void CountSpinsOutside()
    {
        Cells c = new();
        int count = 0;
        Parallel(
            () =>
            {
                while (Read(ref c.X) == 0)
                {
                    Outside(() => ++count);
                    SpinHint();
                }
            },
            () => Write(ref c.X, 1));
        Outcome($"{count}");
    }

    private static void CountOutside()
    {
        Cells c = new();
        int count = 0;
        Parallel(
            () => c.R1 = Outside(() => ++count),
            () => c.R2 = Outside(() => ++count));
        c.ShowTwo();
    }

    /// <summary>Neither of the two learns whether it was the first.</summary>
    private static void LeaveOutside()
    {
        Cells c = new();
        List<int> left = [];
        string seen = "";
        Parallel(
            () => Outside(() => Leave(1)),
            () => Outside(() => Leave(2)),
            () => Outside(Look),
            // So that there is something to choose when the two have been.
            () => Write(ref c.X, 1));
        Outcome($"[{seen}]");

        int Leave(int value)
        {
            left.Add(value);
            return 0;
        }

        int Look()
        {
            seen = string.Join(',', left);
            return 0;
        }
    }

    private static void StoreAgainAndAgain()
    {
        Cells c = new();
        Parallel(
            () => StoreUntilX(c),
            () =>
            {
                StoreOverZ(c, times: 4);
                Write(ref c.X, 1);
            });
        Outcome("done");
    }

    /// <summary>Whoever has its turn hands it on, to the one before it.</summary>
    private static void SpinByTurns()
    {
        Cells c = new();
        Parallel(() => SpinUntil(1), () => SpinUntil(2), () => SpinUntil(3), () => TryPass(from: 0, to: 3));
        Outcome("done");

        void SpinUntil(int turn)
        {
            while (!TryPass(from: turn, to: turn - 1))
                SpinHint();
        }

        bool TryPass(int from, int to)
        {
            lock (c.Gate)
            {
                bool isTurn = c.Plain == from;
                if (isTurn)
                    c.Plain = to;
                return isTurn;
            }
        }
    }

    private static void PauseInSpin()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                while (Read(ref c.X) == 0)
                {
                    SpinHint();
                    Write(ref c.Z, 1);
                    SpinHint();
                }
            },
            () => Write(ref c.X, 1));
        Outcome("done");
    }

    /// <summary>Whether it was the third look after which X was found, and whether the other one met what comes then.</summary>
    private static void PauseAfterRepetition()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                int looks = 0;
                while (Read(ref c.X) == 0)
                {
                    looks++;
                    Write(ref c.Z, 1);
                    SpinHint();
                    SpinHint();
                }

                Write(ref c.Y, 1);
                c.R1 = looks == 3 ? 1 : 0;
            },
            () =>
            {
                StoreOverZ(c, times: 2);
                Write(ref c.X, 1);
                c.R2 = Read(ref c.Y);
            });
        c.ShowTwo();
    }

    private static void PauseBehindStore()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                SpinHint();
                Write(ref c.Y, 1);
            },
            () => Await(ref c.Y));
        Outcome("done");
    }

    /// <summary>The first wait can only time out; the second may, or is pulsed.</summary>
    private static void LateAndEarlyTimeout()
    {
        Cells c = new();
        object nobodyPulses = new();
        Parallel(
            () =>
            {
                lock (nobodyPulses)
                    Monitor.Wait(nobodyPulses, 1);
                lock (c.Gate)
                {
                    Write(ref c.Y, 1);
                    c.R1 = Monitor.Wait(c.Gate, 1) ? 1 : 0;
                }
            },
            () =>
            {
                Await(ref c.Y);
                lock (c.Gate)
                    Monitor.PulseAll(c.Gate);
            });
        Outcome($"{c.R1}");
    }

    private static void StoreUntilX(Cells c)
    {
        while (Read(ref c.X) == 0)
        {
            Write(ref c.Z, 1);
            SpinHint();
        }
    }

    private static void StoreOverZ(Cells c, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Await(ref c.Z);
            Write(ref c.Z, 0);
        }
    }

    /// <summary>Spins until X; says in Y that it has begun to, and in Z that <paramref name="look"/> has found something.</summary>
    private static void SpinAndTell(Cells c, Func<bool> look)
    {
        bool hasBegun = false;
        while (Read(ref c.X) == 0)
        {
            if (look())
                Write(ref c.Z, 1);
            if (!hasBegun)
                Write(ref c.Y, 1);
            hasBegun = true;
            SpinHint();
        }
    }

    private static void Await(ref int cell)
    {
        while (Read(ref cell) == 0)
            SpinHint();
    }
}
