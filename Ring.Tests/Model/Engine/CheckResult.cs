using System.Globalization;

namespace Ring.Tests.Model.Engine;

/// <summary>What came of checking a program.</summary>
/// <param name="Executions">How many schedules were run.</param>
/// <param name="States">How many states were told apart.</param>
/// <param name="IsComplete">Whether every schedule was covered.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Outcomes">What <see cref="Machine.Outcome"/> was told, each once.</param>
/// <param name="Failure">What went wrong; null when nothing did.</param>
/// <param name="Disturbed">Executions that were repeated because the garbage collector had moved their locations.</param>
public sealed record CheckResult(
    long Executions,
    long States,
    bool IsComplete,
    TimeSpan Time,
    IReadOnlyCollection<string> Outcomes,
    Failure? Failure,
    long Disturbed)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Failure is null ? IsComplete ? "complete" : "budget used up" : "FAILED")}, {Executions} executions, {States} states, {Time.TotalSeconds:F1} s{(Failure is null ? "" : "\n" + Failure)}");
}
