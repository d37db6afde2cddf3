using System.Diagnostics;

namespace Ring.Tests.Model.Engine;

/// <summary>Runs a program under one schedule after the other, until one fails or none is left.</summary>
/// <remarks>
/// A program is a delegate: it makes its objects anew, starts threads through <see cref="Machine"/>, and is deterministic but
/// for what the machine decides.
/// </remarks>
public static class Checker
{
    /// <summary>Repetitions of one execution before the program is given up: it allocates too much to run undisturbed.</summary>
    private const int MaxRepetitions = 1_000;

    public static CheckResult Run(Action program, CheckOptions? options = null)
    {
        options ??= new CheckOptions();
        ISearch search = CreateSearch(options);
        using Execution execution = new(options, search);
        Stopwatch stopwatch = Stopwatch.StartNew();
        SortedSet<string> outcomes = new(StringComparer.Ordinal);
        long executions = 0;
        long disturbed = 0;
        bool isComplete = false;
        while (!isComplete && executions < options.MaxExecutions && stopwatch.Elapsed < options.MaxTime)
        {
            disturbed += RunUndisturbed(execution, program);
            executions++;
            if (execution.Failure is not null)
                return Result(DescribeFailure(execution, program, options));
            if (execution.Outcome is { } outcome && !search.IsFinishing)
                outcomes.Add(outcome);
            isComplete = !search.Advance();
        }

        return Result(null);

        CheckResult Result(Failure? failure) => new(
            executions,
            search.States,
            isComplete && options.Mode is SearchMode.Exhaustive && options.Replay is null,
            stopwatch.Elapsed,
            outcomes,
            failure,
            disturbed);
    }

    private static ISearch CreateSearch(CheckOptions options)
    {
        if (options.Replay is { } decisions)
            return new ReplaySearch(decisions);
        return options.Mode switch
        {
            SearchMode.Random => new RandomSearch(options.Seed),
            SearchMode.Priorities => new PrioritySearch(options.Seed, options.PriorityChanges),
            _ => new ExhaustiveSearch(options),
        };
    }

    /// <summary>Runs until the garbage collector lets the execution be; returns how often that took another try.</summary>
    private static int RunUndisturbed(Execution execution, Action program)
    {
        for (int repetitions = 0; repetitions < MaxRepetitions; repetitions++)
        {
            execution.Trace?.Clear();
            execution.Run(program);
            if (!execution.IsDisturbed)
                return repetitions;
            execution.Search.Repeat();
        }

        throw new InvalidOperationException("The garbage collector runs in every execution.");
    }

    /// <summary>Runs the failed execution once more, this time with words.</summary>
    private static Failure DescribeFailure(Execution failed, Action program, CheckOptions options)
    {
        string decisions = failed.Scheduler.Decisions;
        // The failed execution began without what it has shown itself, and so must this one, or the decisions do not fit.
        failed.Search.Private?.Forget();
        CheckOptions replayOptions = options with { Replay = decisions, Sites = null };
        using Execution replay = new(replayOptions, new ReplaySearch(decisions, failed.Search.Private)) { Trace = new Trace() };
        RunUndisturbed(replay, program);
        return new Failure(replay.Failure ?? failed.Failure!, replay.Scheduler.Decisions, replay.Trace.ToString());
    }
}
