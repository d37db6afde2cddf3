namespace Ring.Tests.Support;

/// <summary>Waits for a condition, and fails loudly when it does not come about.</summary>
internal static class Eventually
{
    /// <summary>Far longer than anything takes on a busy machine.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static void Holds(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Deadline))
            Assert.Fail($"Not within {Deadline}: {what}");
    }
}
