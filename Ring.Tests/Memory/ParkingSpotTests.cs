using System.Reflection;
using System.Runtime.ExceptionServices;
using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Memory;

[TestFixture]
public class ParkingSpotTests
{
    [Test]
    public void A_signal_after_the_announcement_makes_the_ticket_stale()
    {
        ParkingSpot spot = new();
        long ticket = spot.Announce();
        spot.Signal();

        Background sleeper = Background.Run(() => spot.Park(ticket, Timeout.Infinite));

        sleeper.Join();
    }

    [Test]
    public void A_signal_wakes_everyone_who_sleeps()
    {
        ParkingSpot spot = new();
        int announced = 0;
        Background[] sleepers = Background.Run(3, _ =>
        {
            long ticket = spot.Announce();
            Interlocked.Increment(ref announced);
            spot.Park(ticket, Timeout.Infinite);
        });
        Eventually.Holds(() => Volatile.Read(ref announced) == 3 && sleepers.All(s => s.IsAsleep), "all three sleep");

        spot.Signal();

        Background.Join(sleepers);
    }

    [Test]
    public void A_sleep_ends_when_its_time_is_over()
    {
        ParkingSpot spot = new();

        Background sleeper = Background.Run(() => spot.Park(spot.Announce(), 1));

        sleeper.Join();
    }

    [Test]
    public void A_signal_before_the_announcement_wakes_nobody()
    {
        ParkingSpot spot = new();
        spot.Signal();
        Background sleeper = Background.Run(() => spot.Park(spot.Announce(), Timeout.Infinite));

        Eventually.Holds(() => sleeper.IsAsleep, "it sleeps");
        spot.Signal();

        sleeper.Join();
    }

    [Test]
    public void Who_withdraws_leaves_those_who_sleep_to_be_woken()
    {
        ParkingSpot spot = new();
        Background sleeper = Background.Run(() => spot.Park(spot.Announce(), Timeout.Infinite));
        Eventually.Holds(() => sleeper.IsAsleep, "it sleeps");
        spot.Withdraw(spot.Announce());

        spot.Signal();

        sleeper.Join();
    }

    [Test]
    public void A_ticket_from_before_a_wake_up_takes_nobody_elses_announcement_back()
    {
        ParkingSpot spot = new();
        long stale = spot.Announce();
        spot.Signal();
        Background sleeper = Background.Run(() => spot.Park(spot.Announce(), Timeout.Infinite));
        Eventually.Holds(() => sleeper.IsAsleep, "it sleeps");
        spot.Withdraw(stale);

        spot.Signal();

        sleeper.Join();
    }

    [Test]
    public void An_interrupt_of_the_waker_does_not_swallow_the_wake_up()
    {
        ParkingSpot spot = new();
        object gate = typeof(ParkingSpot).GetField("_gate", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(spot)!;
        Background sleeper = Background.Run(() => spot.Park(spot.Announce(), Timeout.Infinite));
        Eventually.Holds(() => sleeper.IsAsleep, "it sleeps");
        Thread? thread = null;
        bool interrupted = false, interruptedLater = false;
        AppDomain.CurrentDomain.FirstChanceException += Observe;
        try
        {
            Background waker;
            lock (gate)
            {
                waker = Background.Run(() =>
                {
                    Volatile.Write(ref thread, Thread.CurrentThread);
                    spot.Signal();
                    interruptedLater = Assert.Catch<ThreadInterruptedException>(() => Thread.Sleep(Timeout.Infinite)) is not null;
                });
                Eventually.Holds(() => waker.IsAsleep, "it waits for the lock");
                Volatile.Read(ref thread)!.Interrupt();
                Eventually.Holds(() => Volatile.Read(ref interrupted), "the interrupt has come");
            }

            sleeper.Join();
            waker.Join();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Observe;
        }

        Assert.That(interruptedLater, Is.True, "the interrupt is not lost either");

        void Observe(object? _, FirstChanceExceptionEventArgs e)
        {
            if (e.Exception is ThreadInterruptedException && Thread.CurrentThread == Volatile.Read(ref thread))
                Volatile.Write(ref interrupted, true);
        }
    }

    [Test]
    public void No_wake_up_is_lost_between_two_threads_that_take_turns()
    {
        const int Turns = 1_000;
        ParkingSpot spot = new();
        long turn = 0;

        void Play(int parity)
        {
            for (long i = parity; i < Turns; i += 2)
            {
                while (Volatile.Read(ref turn) != i)
                {
                    long ticket = spot.Announce();
                    if (Volatile.Read(ref turn) == i)
                        break;
                    spot.Park(ticket, Timeout.Infinite);
                }

                Volatile.Write(ref turn, i + 1);
                spot.Signal();
            }
        }

        Background.Join(Background.Run(2, Play));

        Assert.That(turn, Is.EqualTo(Turns));
    }
}
