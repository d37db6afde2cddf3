using System.Diagnostics;

namespace Ring.Tests.Stress;

/// <summary>Keeps a stress run on few processors, where threads are interrupted at other places than side by side.</summary>
internal static class Processors
{
    /// <summary>
    /// Keeps the process on this many processors, or fails. On Unix it has to be started so, by taskset for example: the
    /// runtime gives each new thread the processors that the process began with.
    /// </summary>
    public static void Use(int count)
    {
        if (OperatingSystem.IsWindows())
            UseOnWindows(count);
        else if (Environment.ProcessorCount > count)
            Assert.Fail($"Start the run on {count} of the {Environment.ProcessorCount} processors, by taskset for example.");
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static void UseOnWindows(int count)
    {
        using Process process = Process.GetCurrentProcess();
        nint unused = process.ProcessorAffinity;
        for (int i = 0; i < count; i++)
            unused &= unused - 1;
        process.ProcessorAffinity &= ~unused;
    }
}
