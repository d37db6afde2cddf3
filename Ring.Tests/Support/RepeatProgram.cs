using System.Diagnostics;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Ring.Tests.Support;

/// <summary>
/// All quick tests of this assembly again and again, in one process that starts and compiles once. Ends at the first failure, and at
/// a run that hangs.
/// </summary>
internal static class RepeatProgram
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    /// <returns>The exit code: 0 if every run passed.</returns>
    public static int Run(int times)
    {
        // While tests run, the console is theirs.
        TextWriter output = Console.Out;
        Stopwatch watch = Stopwatch.StartNew();
        for (int run = 1; run <= times; run++)
        {
            if (RunOnce(output) is not { } result)
                return 1;

            output.WriteLine($"{run} of {times}: {result.PassCount} passed, {result.FailCount} failed, {watch.Elapsed:h\\:mm\\:ss}");
            if (result.ResultState.Status == TestStatus.Passed && result.FailCount == 0)
                continue;

            Describe(output, result);
            return 1;
        }

        return 0;
    }

    private static ITestResult? RunOnce(TextWriter output)
    {
        CurrentTest current = new();
        NUnitTestAssemblyRunner runner = new(new DefaultTestAssemblyBuilder());
        runner.Load(typeof(RepeatProgram).Assembly, new Dictionary<string, object>());
        runner.RunAsync(current, TestFilter.Empty);
        if (runner.WaitForCompletion((int)LongestRun.TotalMilliseconds))
            return runner.Result;

        output.WriteLine($"A run has taken longer than {LongestRun}. It is at {current.Name}.");
        // Its thread would keep the process.
        Environment.Exit(1);
        return null;
    }

    private static void Describe(TextWriter output, ITestResult result)
    {
        foreach (ITestResult child in result.Children)
            Describe(output, child);

        if (!result.HasChildren && result.ResultState.Status == TestStatus.Failed)
            output.WriteLine($"{result.FullName}: {result.Message}\n{result.StackTrace}");
    }

    private sealed class CurrentTest : ITestListener
    {
        private volatile string _name = "no test yet";

        public string Name => _name;

        public void TestStarted(ITest test) => _name = test.FullName;

        public void TestFinished(ITestResult result)
        {
            // The next one says its name.
        }

        public void TestOutput(TestOutput output)
        {
            // Of no interest to a count.
        }

        public void SendMessage(TestMessage message)
        {
            // Nobody sends any.
        }
    }
}
