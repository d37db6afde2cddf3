namespace Ring.Tests.Tracing;

/// <summary>The entry point of the test assembly, for tests that need a process of their own.</summary>
internal static class ChildProgram
{
    public const string Doomed = "doomed";
    public const string Exiting = "exiting";

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [Doomed, string folder]:
                DoomedProgram.Run(folder);
                return 0;
            case [Exiting, string folder, string drainOnProcessExit]:
                ExitingProgram.Run(folder, bool.Parse(drainOnProcessExit));
                return 0;
            default:
                Console.Error.WriteLine("These are tests: dotnet test runs them.");
                return 1;
        }
    }
}
