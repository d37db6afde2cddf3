using System.Diagnostics;

namespace Ring.Tests.Tracing;

/// <summary>Waits for what another thread will do, and fails loudly if it does not.</summary>
internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static void Until(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Deadline)
                Assert.Fail($"Waited {Deadline.TotalSeconds} s in vain until {what}.");

            Thread.Yield();
        }
    }

    public static void For(Task task, string what)
    {
        if (!task.Wait(Deadline))
            Assert.Fail($"Waited {Deadline.TotalSeconds} s in vain for {what}.");
    }

    public static void For(Thread thread)
    {
        if (!thread.Join(Deadline))
            Assert.Fail($"The thread {thread.Name} did not end within {Deadline.TotalSeconds} s.");
    }
}
