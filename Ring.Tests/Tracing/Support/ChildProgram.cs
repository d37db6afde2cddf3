using System.Globalization;
using Ring.Tests.Support;

namespace Ring.Tests.Tracing;

/// <summary>The entry point of the test assembly: for tests that need a process of their own, and for all of them again and again.</summary>
internal static class ChildProgram
{
    public const string Doomed = "doomed";
    public const string Exiting = "exiting";
    public const string Repeat = "repeat";

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
            case [Repeat, string times]:
                return RepeatProgram.Run(int.Parse(times, CultureInfo.InvariantCulture));
            default:
                Console.Error.WriteLine("These are tests: dotnet test runs them.");
                return 1;
        }
    }
}
