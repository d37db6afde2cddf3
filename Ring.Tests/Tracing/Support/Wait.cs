using Ring.Tests.Support;

namespace Ring.Tests.Tracing;

/// <summary>Waits for a task, and fails loudly when it does not come to an end.</summary>
internal static class Wait
{
    public static void For(Task task, string what)
    {
        if (!task.Wait(Eventually.Deadline))
            Assert.Fail($"Not within {Eventually.Deadline}: {what}");
    }
}
