using System.Diagnostics;

namespace Ring.Tests.Stress;

/// <summary>Runs a round, and fails instead of hanging with it.</summary>
internal static class Watchdog
{
    /// <summary>For nothing at all to get on: longer than any pause of a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>For a round that gets on and on.</summary>
    private static readonly TimeSpan MostOfRound = TimeSpan.FromSeconds(90);

    /// <summary>For the end of a round in which something was found.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when the body has ended, or says why it is not worth waiting any more.</summary>
    public static string? Run(Round round, Action body)
    {
        Thread thread = new(() => round.Guard(body)) { IsBackground = true };
        thread.Start();
        long progress = round.Progress;
        Stopwatch still = Stopwatch.StartNew();
        TimeSpan? found = null;
        while (!thread.Join(Period))
        {
            if (round.HasFindings)
                found ??= round.Elapsed;
            if (found + Aftermath < round.Elapsed)
                return "fails, and does not end";
            if (still.Elapsed > Patience)
                return $"hangs: nothing has got on for {still.Elapsed}";
            if (round.Elapsed > MostOfRound)
                return "does not end";
            if (progress == round.Progress)
                continue;
            progress = round.Progress;
            still.Restart();
        }

        return round.HasFindings ? "fails" : null;
    }
}
