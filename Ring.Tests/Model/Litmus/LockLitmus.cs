using Ring.Tests.Model.Engine;
using static System.Threading.Volatile;
using static Ring.Tests.Model.Engine.Machine;

namespace Ring.Tests.Model.Litmus;

/// <summary>Monitors and threads: what they exclude, and what they hand over.</summary>
internal static class LockLitmus
{
    public static IEnumerable<LitmusCase> Cases =>
    [
        new("Two increments under a lock", "2", IncrementUnderLock),
        new("A lock may be entered twice", "2", EnterTwice),
        new("Which critical section was first can be told from what it guards", "12 21", OrderOfSections),
        new("A lock is no full fence", "00 01 10 11", LockIsNoFence),
        new("Start and join hand over", "1", StartAndJoin),
        new("A pulse wakes", "1", WaitForPulse),
        new("One pulse wakes one, in order of arrival", "1", OnePulse),
        new("A timed wait is pulsed or times out", "0 1", TimedWait) { Options = new CheckOptions { Timeouts = TimeoutRule.Early } },
        new("A timed wait that nobody pulses times out", "0", NobodyPulses),
        new("A timed join sees the end or not", "0 1", TimedJoin) { Options = new CheckOptions { Timeouts = TimeoutRule.Early } },
        new("A join without time only looks, and sees all when it sees the end", "0 1", JoinWithoutTime),
        new("A spin ends when the value is there", "1", SpinUntilSet),
        new("A spin that looks twice goes on for the sake of its first look", "1", SpinThatLooksTwice),
    ];

    private static void IncrementUnderLock()
    {
        Cells c = new();
        Parallel(Increment, Increment);
        Outcome($"{c.Plain}");

        void Increment()
        {
            lock (c.Gate)
                c.Plain++;
        }
    }

    private static void EnterTwice()
    {
        Cells c = new();
        Parallel(Increment, Increment);
        Outcome($"{c.Plain}");

        void Increment()
        {
            lock (c.Gate)
            {
                lock (c.Gate)
                {
                }

                c.Plain++;
            }
        }
    }

    private static void OrderOfSections()
    {
        Cells c = new();
        Parallel(() => Append(1), () => Append(2));
        Outcome($"{c.Plain}");

        void Append(int digit)
        {
            lock (c.Gate)
                c.Plain = (10 * c.Plain) + digit;
        }
    }

    private static void LockIsNoFence()
    {
        Cells c = new();
        object other = new();
        Parallel(
            () =>
            {
                Write(ref c.X, 1);
                lock (c.Gate)
                    c.Z = 0;
                c.R1 = Read(ref c.Y);
            },
            () =>
            {
                Write(ref c.Y, 1);
                lock (other)
                    c.Z = 0;
                c.R2 = Read(ref c.X);
            });
        c.ShowTwo();
    }

    private static void StartAndJoin()
    {
        Cells c = new() { Plain = 1 };
        Thread thread = new(() => c.Plain = c.Plain == 1 ? 2 : 9);
        thread.Start();
        thread.Join();
        Outcome(c.Plain == 2 ? "1" : "0");
    }

    private static void WaitForPulse()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                lock (c.Gate)
                {
                    while (c.Plain == 0)
                        Monitor.Wait(c.Gate);
                }
            },
            () =>
            {
                lock (c.Gate)
                {
                    c.Plain = 1;
                    Monitor.Pulse(c.Gate);
                }
            });
        Outcome($"{c.Plain}");
    }

    private static void OnePulse()
    {
        Cells c = new();
        Thread first = new(WaitForTurn);
        Thread second = new(WaitForTurn);
        first.Start();
        second.Start();
        for (int i = 0; i < 2; i++)
        {
            lock (c.Gate)
            {
                c.Plain++;
                Monitor.Pulse(c.Gate);
            }
        }

        first.Join();
        second.Join();
        Outcome(c.Plain == 0 ? "1" : "0");

        void WaitForTurn()
        {
            lock (c.Gate)
            {
                while (c.Plain == 0)
                    Monitor.Wait(c.Gate);
                c.Plain--;
            }
        }
    }

    private static void TimedWait()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                lock (c.Gate)
                {
                    c.R1 = c.Plain == 1 || Monitor.Wait(c.Gate, 1) ? 1 : 0;
                }
            },
            () =>
            {
                lock (c.Gate)
                {
                    c.Plain = 1;
                    Monitor.PulseAll(c.Gate);
                }
            });
        Outcome($"{c.R1}");
    }

    private static void NobodyPulses()
    {
        Cells c = new();
        lock (c.Gate)
            Outcome(Monitor.Wait(c.Gate, 1) ? "1" : "0");
    }

    private static void JoinWithoutTime()
    {
        Cells c = new();
        ModelThread other = Start(() => c.Plain = 1);
        Outcome(Join(other, TimeSpan.Zero) ? $"{c.Plain}" : "0");
        Join(other);
    }

    private static void TimedJoin()
    {
        Cells c = new();
        Thread thread = new(() => Write(ref c.X, 1));
        thread.Start();
        bool ended = thread.Join(1);
        thread.Join();
        Outcome(ended ? "1" : "0");
    }

    private static void SpinUntilSet()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                while (Read(ref c.X) == 0)
                    Thread.SpinWait(1);
                c.R1 = c.Plain;
            },
            () =>
            {
                c.Plain = 1;
                Write(ref c.X, 1);
            });
        Outcome($"{c.R1}");
    }

    private static void SpinThatLooksTwice()
    {
        Cells c = new();
        Parallel(
            () =>
            {
                while (Read(ref c.X) == 0)
                {
                    c.R2 = Read(ref c.X);
                    Thread.SpinWait(1);
                }

                c.R1 = 1;
            },
            () => Write(ref c.X, 1));
        Outcome($"{c.R1}");
    }
}
