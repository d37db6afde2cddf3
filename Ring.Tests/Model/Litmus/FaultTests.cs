using Ring.Tests.Model.Engine;
using static System.Threading.Interlocked;
using static System.Threading.Volatile;

namespace Ring.Tests.Model.Litmus;

/// <summary>The checker itself: programs that are wrong, each found for what it is, and found again by its replay.</summary>
internal sealed class FaultTests
{
    [Test]
    public void Message_passing_without_release_is_a_race() => Fails("Data race on Plain: plain read and plain write by T1", () =>
    {
        Cells c = new();
        Machine.Parallel(
            () =>
            {
                c.Plain = 1;
                MemoryBarrier();
                c.Z = 0;
            },
            () => c.R1 = c.Plain);
    });

    [Test]
    public void A_fence_alone_does_not_hand_over() => Fails("Data race on Plain", () =>
    {
        Cells c = new();
        Machine.Parallel(
            () =>
            {
                c.Plain = 1;
                MemoryBarrier();
            },
            () =>
            {
                MemoryBarrier();
                c.R1 = c.Plain;
            });
    });

    [Test]
    public void Two_plain_writes_race() => Fails("plain write and plain write", () =>
    {
        Cells c = new();
        Machine.Parallel(() => c.Plain = 1, () => c.Plain = 1);
    });

    [Test]
    public void A_plain_write_races_with_an_atomic_read() => Fails("Data race on X", () =>
    {
        Cells c = new();
        Machine.Parallel(() => Machine.PlainStore(ref c.X, 1), () => Read(ref c.X));
    });

    [Test]
    public void A_plain_read_races_with_an_atomic_write() => Fails("Data race on X", () =>
    {
        Cells c = new();
        Machine.Parallel(() => Write(ref c.X, 1), () => Machine.PlainLoad(ref c.X));
    });

    [Test]
    public void A_hidden_plain_write_is_noticed() => Fails("somebody writes it plainly", () =>
    {
        Cells c = new();
        Write(ref c.X, 1);
        c.X = 2;
        Read(ref c.X);
    });

    [Test]
    public void Parking_without_fences_loses_a_wake_up() =>
        Fails("Deadlock, or a lost wake-up", () => ParkingLitmus.Park(() => { }, () => { }));

    [Test]
    public void Parking_with_only_the_light_side_loses_a_wake_up() =>
        Fails("Deadlock, or a lost wake-up", () => ParkingLitmus.Park(() => { }, MemoryBarrier));

    [Test]
    public void Locks_in_opposite_orders_deadlock() => Fails("Deadlock", () =>
    {
        object a = new();
        object b = new();
        Machine.Parallel(() => Both(a, b), () => Both(b, a));

        static void Both(object first, object second)
        {
            lock (first)
            {
                lock (second)
                {
                }
            }
        }
    });

    [Test]
    public void A_timeout_does_not_hide_a_lost_wake_up_when_none_is_allowed() => Fails(
        "Deadlock, or a lost wake-up",
        () =>
        {
            Cells c = new();
            lock (c.Gate)
                Monitor.Wait(c.Gate, 1);
        },
        new CheckOptions { Timeouts = TimeoutRule.Never });

    [Test]
    public void An_endless_spin_is_a_livelock() => Fails("Livelock", () =>
    {
        Cells c = new();
        while (Read(ref c.X) == 0)
            Thread.SpinWait(1);
    });

    [Test]
    public void Two_spins_that_only_meet_each_other_are_a_livelock() => Fails("Livelock", () =>
    {
        Cells c = new();
        Machine.Parallel(Spin, Spin);

        void Spin()
        {
            while (!IsSet())
                Thread.SpinWait(1);
        }

        bool IsSet()
        {
            lock (c.Gate)
                return c.Plain == 1;
        }
    });

    [Test]
    public void A_loop_without_a_hint_is_too_long() => Fails(
        "a loop without a spin hint",
        () =>
        {
            Cells c = new();
            while (Read(ref c.X) == 0)
                c.R1++;
        },
        new CheckOptions { MaxSteps = 100 });

    [Test]
    public void A_pulse_without_the_lock_throws() => Fails("SynchronizationLockException", () => Monitor.PulseAll(new object()));

    [Test]
    public void What_a_thread_throws_is_reported() => Fails("InvalidOperationException", () =>
        Machine.Parallel(() => throw new InvalidOperationException("planted")));

    [Test]
    public void A_fault_that_needs_a_rare_schedule_is_found([Values] SearchMode mode) => Fails(
        "Not true: no increment is lost",
        () =>
        {
            Cells c = new();
            Machine.Parallel(Increment, Increment, Increment);
            Machine.Require(Read(ref c.X) > 1, "no increment is lost");

            void Increment() => Write(ref c.X, Read(ref c.X) + 1);
        },
        new CheckOptions { Mode = mode });

    [Test]
    public void A_fault_in_the_execution_that_shows_an_access_to_be_shared_is_found_again() => Fails("Not true: planted", () =>
    {
        Cells c = new();
        Machine.Parallel(() => Write(ref c.X, 1), () => Machine.Require(Read(ref c.X) == 0, "planted"));
    });

    [Test]
    public void A_fault_behind_what_is_explored_is_found_again_although_a_wait_could_have_timed_out() => Fails(
        "Not true: planted",
        () =>
        {
            Cells c = new();
            Machine.Parallel(SpinThenFail, WaitForNobody);

            void SpinThenFail()
            {
                for (int i = 0; i < 6; i++)
                {
                    // To find its own store, and something new each time: what repeats itself is not explored to its end.
                    Read(ref c.Y);
                    Write(ref c.Y, 1);
                    Machine.SpinHint();
                }

                // One of two messages: a decision, which the replay must meet in its place.
                Read(ref c.X);
                Machine.Require(false, "planted");
            }

            void WaitForNobody()
            {
                Write(ref c.X, 1);
                lock (c.Gate)
                    Monitor.Wait(c.Gate, 1);
            }
        },
        new CheckOptions { Timeouts = TimeoutRule.Early });

    [Test]
    public void A_replay_that_does_not_fit_says_so_although_the_program_catches_everything()
    {
        CheckResult result = Checker.Run(
            () =>
            {
                Cells c = new();
                Machine.Parallel(() => Write(ref c.X, 1), () => Catch(() => Read(ref c.X)));
            },
            new CheckOptions { Replay = "11z" });
        Assert.That(result.Failure?.Message, Does.Contain("does not fit"));

        static void Catch(Action action)
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // As code under test may.
            catch (Exception)
#pragma warning restore CA1031
            {
                // As if nothing had happened.
            }
        }
    }

    [Test]
    public void A_failure_shows_the_threads_side_by_side_and_names_cells_values_and_places()
    {
        CheckResult result = Checker.Run(() =>
        {
            Cells c = new();
            ModelThread writer = Machine.Start(() => Write(ref c.X, 7), "writer");
            Machine.Join(writer);
            Machine.Require(Read(ref c.X) == 0, "planted");
        });
        string text = result.ToString();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Match(@"replay: \d*\n"));
            Assert.That(text, Does.Match(@"\nT0 main +\| T1 writer +\| \n"));
            Assert.That(text, Does.Match(@"\n +\| store\.release X = 7 \| FaultTests\."));
            Assert.That(text, Does.Match(@"\nload\.acquire X = 7 \| +\| FaultTests\."));
        });
    }

    [Test]
    public void The_trace_asks_no_value_for_its_text()
    {
        CheckResult result = Checker.Run(() =>
        {
            Talkative value = new();
            Machine.PlainStore(ref value.Self, value);
            Machine.Require(Read(ref value.Cells.X) != 0, "planted");
        });
        Assert.That(result.Failure?.Trace, Does.Contain(nameof(Talkative)).And.Not.Contains(nameof(Talkative.ToString)));
    }

    [Test]
    public void Interleavings_alone_miss_what_weak_memory_does()
    {
        CheckOptions interleavings = new() { AllowsStaleReads = false };
        CheckResult result = Checker.Run(() => ParkingLitmus.Park(() => { }, () => { }), interleavings);
        Assert.That(result.Failure, Is.Null);
    }

    private static void Fails(string message, Action program, CheckOptions? options = null)
    {
        CheckResult result = Checker.Run(program, options);
        Assert.That(result.Failure?.Message, Does.Contain(message));
        CheckOptions replay = (options ?? new CheckOptions()) with { Replay = result.Failure!.Replay };
        CheckResult again = Checker.Run(program, replay);
        Assert.That(again.Failure?.Message, Is.EqualTo(result.Failure.Message));
    }

    /// <summary>Whose text takes an access under control.</summary>
    private sealed class Talkative
    {
        public readonly Cells Cells = new();

        public Talkative? Self;

        public override string ToString() => $"{Read(ref Cells.X)}";
    }
}
