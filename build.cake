// Names the tasks; what they build, test and pack is said by the project files.
//
//     dotnet tool restore && dotnet cake --target=Test
//     dotnet cake --target=Bench --arguments="--filter *Publish*"
//     dotnet cake --target=Stress --minutes=30
//     dotnet cake --target=Repeat --times=500 --project=Ring.Tests

var target = Argument("target", "Default");
var arguments = Argument("arguments", "");
var solution = "Ring.slnx";
var release = "Release";

/// The first one that this process may use.
int FirstProcessor()
{
    using var process = System.Diagnostics.Process.GetCurrentProcess();
    return System.Numerics.BitOperations.TrailingZeroCount((ulong)process.ProcessorAffinity);
}

Task("Build")
    .Description("Both libraries, the tests and the benchmarks; a warning is an error.")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings { Configuration = release }));

Task("Test")
    .Description("Every test, against the net10.0 and the netstandard2.0 build.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(solution, new DotNetTestSettings { Configuration = release, NoBuild = true }));

Task("Model")
    .Description("Every program of the model checker, and every mutant, in a process for each processor; renews the tables docs/model-*.md.")
    .IsDependentOn("Build")
    .Does(() =>
{
    var folder = MakeAbsolute(Directory("artifacts/model"));
    CleanDirectory(folder);
    var claims = folder.Combine("claims");
    CreateDirectory(claims);
    var shares = Enumerable.Range(1, Environment.ProcessorCount).Select(_ => StartAndReturnProcess("dotnet", new ProcessSettings
    {
        Arguments = $"test Ring.Tests/Model/Woven -c {release} --no-build --filter TestCategory=Model",
        EnvironmentVariables = new Dictionary<string, string>
        {
            ["RING_MODEL_CLAIMS"] = claims.FullPath,
            ["RING_MODEL_REPORT"] = folder.FullPath,
        },
    })).ToList();
    shares.ForEach(process => process.WaitForExit());
    if (shares.Any(process => process.GetExitCode() != 0))
        throw new CakeException("A program or a mutant is not as it should be; see above.");
    foreach (var table in new[] { "programs", "mutants" })
    {
        var document = $"docs/model-{table}.md";
        var rows = GetFiles($"{folder}/{table}.*").SelectMany(file => System.IO.File.ReadLines(file.FullPath));
        var lines = System.IO.File.ReadAllLines(document);
        var head = lines.Take(Array.FindIndex(lines, line => line.StartsWith("| ---")) + 1);
        System.IO.File.WriteAllLines(document, head.Concat(rows.Order(StringComparer.Ordinal)).ToList());
    }
});

Task("Stress")
    .Description("Everything at once for --minutes, shared out among processes in which the runtime works differently.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        var ways = new (string Name, string Project, string Variable, string Value)[]
        {
            ("as in production", "Ring.Tests", "DOTNET_TieredPGO", "1"),
            ("without profile-guided compilation", "Ring.Tests", "DOTNET_TieredPGO", "0"),
            ("compiled once", "Ring.Tests", "DOTNET_TieredCompilation", "0"),
            ("server garbage collection", "Ring.Tests", "DOTNET_gcServer", "1"),
            ("the build for .NET Standard", "Ring.Tests/NetStandard", "DOTNET_TieredPGO", "1"),
            ("one processor", "Ring.Tests", "RING_STRESS_PROCESSORS", "1"),
        };
        if (IsRunningOnMacOs())
            ways = ways[..^1]; // Nothing there pins a process to a processor.
        double minutes = Argument("minutes", 6.0) / ways.Length;
        foreach (var way in ways)
        {
            Information("{0}, {1:F1} minutes", way.Name, minutes);
            // Unix pins a process to a processor when it is started; on Windows it does so itself.
            bool isPinned = way.Variable == "RING_STRESS_PROCESSORS" && !IsRunningOnWindows();
            string test = $"test {way.Project} -c {release} --no-build --filter TestCategory=Stress --logger console;verbosity=normal";
            int exitCode = StartProcess(isPinned ? "taskset" : "dotnet", new ProcessSettings
            {
                Arguments = isPinned ? $"-c {FirstProcessor()} dotnet {test}" : test,
                EnvironmentVariables = new Dictionary<string, string>
                {
                    [way.Variable] = way.Value,
                    ["RING_STRESS_MINUTES"] = minutes.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
            });
            if (exitCode != 0)
                throw new CakeException($"The stress run failed: {way.Name}.");
        }
    });

Task("Repeat")
    .Description("The quick tests of --project (Ring.Tests, or Ring.Tests/NetStandard) --times in a row, --each in a process; stops at the first failure.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        int times = Argument("times", 500);
        int each = Argument("each", 25);
        string project = Argument("project", "Ring.Tests");
        string tests = $"{project}/bin/{release}/net10.0/{project.Replace('/', '.')}.dll";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int done = 0; done < times; done += each)
        {
            // Again and again in a process, since starting and compiling takes longer than the tests; and in many processes.
            int exitCode = StartProcess("dotnet", $"{tests} repeat {Math.Min(each, times - done)}");
            if (exitCode != 0)
                throw new CakeException($"A run failed after {done} that passed in earlier processes, and {watch.Elapsed:h\\:mm\\:ss}.");
        }

        Information("{0} runs passed in {1:h\\:mm\\:ss}.", times, watch.Elapsed);
    });

Task("Pack")
    .Description("Both packages, into artifacts/packages.")
    .IsDependentOn("Build")
    .Does(() => DotNetPack(solution, new DotNetPackSettings { Configuration = release, NoBuild = true }));

Task("Bench")
    .Description("The benchmarks; --arguments goes to them.")
    .Does(() => DotNetRun("Ring.Benchmarks", arguments, new DotNetRunSettings { Configuration = release }));

Task("Demo")
    .Description("The main job: spans to disk.")
    .Does(() => DotNetTool("run", new DotNetToolSettings
    {
        ArgumentCustomization = args => args.Append("docs/samples/SpansToDisk.cs"),
    }));

Task("Default")
    .IsDependentOn("Test");

RunTarget(target);
