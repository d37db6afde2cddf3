using Ring.Tests.Tracing;

/// <summary>
/// Lets the test assembly be a program: started with itself as hook of the runtime, it does its work before its empty <c>Main</c>.
/// </summary>
internal static class StartupHook
{
    /// <summary>The runtime calls it by name.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(ExitingProcess.FolderVariable) is { } folder)
            ExitingProcess.Run(folder);
    }
}
