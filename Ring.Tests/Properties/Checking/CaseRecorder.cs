using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Ring.Tests.Properties.Checking;

/// <summary>Takes down how a check ended.</summary>
internal sealed class CaseRecorder : IRunner
{
    /// <summary>Null when the property held in all cases.</summary>
    public string? Failure { get; private set; }

    /// <summary>What the smallest case has thrown.</summary>
    public Exception? Cause { get; private set; }

    public void OnStartFixture(Type t)
    {
    }

    public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
    {
    }

    public void OnFinished(string name, TestResult testResult)
    {
        if (testResult is TestResult.Failed failed)
        {
            Cause = (failed.Item4 as Outcome.Failed)?.Item;
            Failure = Describe(failed.Item1, failed.Item3, PropertyChecker.Format(failed.Item6, failed.Item7));
        }
        else if (testResult.IsExhausted)
        {
            Failure = "No cases: the generator makes hardly any that are tried.";
        }
    }

    private string Describe(TestData data, FSharpList<object> smallest, string replay) => $"""
        {Cause?.Message ?? "It is false."}
        In: {string.Join("; ", smallest)}
        (case {data.NumberOfTests}, made smaller {data.NumberOfShrinks} times)
        {replay}
        """;
}
