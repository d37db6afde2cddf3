using System.Diagnostics;

namespace Ring.Tests.Stress;

/// <summary>Runs short rounds of all cases in turn until the time is over.</summary>
internal sealed class StressRun(IReadOnlyList<StressCase> cases, StressSettings settings)
{
    /// <summary>Each case has its turn so often, unless that makes the rounds too short.</summary>
    private const int Turns = 4;

    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _length =
        Clamp(settings.Time / (cases.Count * Turns));

    private readonly List<WeakReference> _garbage = [];
    private Usage? _afterFirstTurn;

    /// <summary>Returns what went wrong first, or null.</summary>
    public string? Run()
    {
        for (int number = 0; !IsOver; number++)
        {
            for (int i = 0; i < cases.Count && !IsOver; i++)
            {
                if (RunRound(cases[i], i, number) is { } failure)
                    return failure;
            }

            ForgetWhatIsGone();
            _afterFirstTurn ??= Usage.Now();
        }

        return FindLeaks();
    }

    private bool IsOver => _watch.Elapsed >= settings.Time;

    private static TimeSpan Clamp(TimeSpan time) =>
        time < ShortestRound ? ShortestRound : time > LongestRound ? LongestRound : time;

    private string? RunRound(StressCase stressCase, int index, int number)
    {
        Round round = new(number, unchecked((settings.Seed * 31) + (index * 15_485_863) + number), _length);
        // Both kinds of events, with and without collections, in four rounds.
        using GarbagePressure? pressure = (number / 2 + index) % 2 == 0 ? new GarbagePressure() : null;
        string? failure = Watchdog.Run(round, () =>
        {
            stressCase.Run(round);
            round.ExpectNoThreads();
        });
        if (failure is not null)
            return $"{stressCase} {failure}\nrun with seed {settings.Seed}\n{round.Describe()}";
        stressCase.Count(round);
        _garbage.AddRange(round.Garbage);
        return null;
    }

    private string? FindLeaks()
    {
        ForgetWhatIsGone();
        // The thread that ran the last round may still have something of it on its stack.
        if (_garbage.Count > 1)
            return $"{_garbage.Count} rings are not collected";
        return _afterFirstTurn is null ? null : Usage.Now().Growth(_afterFirstTurn);
    }

    private void ForgetWhatIsGone()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _garbage.RemoveAll(reference => !reference.IsAlive);
    }
}
