using System.Diagnostics;
using System.Reflection;

namespace Ring.Tests.Arm64;

/// <summary>The ahead-of-time compiler of .NET, which has the JIT of every platform in it.</summary>
internal static class Crossgen
{
    public static string Version => Said("Crossgen2Version")!;

    /// <summary>Lets the compiler see into the framework, as the JIT does at run time.</summary>
    public static string[] AsTheJit => ["--inputbubble", "--inputbubbleref", Framework];

    /// <summary>Makes the JIT write down the code that it makes.</summary>
    public static string[] WithListing(string path) => ["--codegenopt", "JitDisasm=*", "--codegenopt", $"JitStdOutFile={path}"];

    /// <summary>Of x64, which for what is compiled here is the same.</summary>
    private static string Framework => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll");

    /// <summary>Null where there is no package for the platform that the tests run on.</summary>
    private static string? Program => Said("Crossgen2");

    /// <summary>A compiler that should be there and is not is a failure, not a reason to skip.</summary>
    public static void IgnoreWhereThereIsNone()
    {
        if (Program is null)
            Assert.Ignore("The audit needs crossgen2 for linux-x64, and this is another platform.");
    }

    /// <summary>Compiles an assembly for Linux on ARM64, and returns the image; its map lies beside it.</summary>
    /// <param name="assembly">What to compile.</param>
    /// <param name="instructionSets">As crossgen2 names them.</param>
    /// <param name="options">More of them.</param>
    public static string Compile(string assembly, string instructionSets, params string[] options)
    {
        string image = Path.ChangeExtension(assembly, $".{instructionSets.Replace(',', '.')}.dll");
        Run(
        [
            assembly, "-o", image, "-r", Framework, "-O", "--mapcsv", "--parallelism", "1",
            "--targetos", "linux", "--targetarch", "arm64", "--instruction-set", instructionSets, .. options,
        ]);
        return image;
    }

    private static void Run(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"crossgen2 failed: {output}{errors.Result}");
    }

    private static string? Said(string key) => typeof(Crossgen).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
