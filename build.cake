// Names the tasks; what they build, test and pack is said by the project files.
//
//     dotnet tool restore && dotnet cake --target=Test
//     dotnet cake --target=Bench --arguments="--filter *OneToOne*"
//     dotnet cake --target=Repeat --times=500 --project=Ring.Tests

var target = Argument("target", "Default");
var arguments = Argument("arguments", "");
var solution = "Ring.slnx";
var release = "Release";

Task("Build")
    .Description("Both libraries, the tests and the benchmarks; a warning is an error.")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings { Configuration = release }));

Task("Test")
    .Description("Every test, against the net10.0 and the netstandard2.0 build.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(solution, new DotNetTestSettings { Configuration = release, NoBuild = true }));

Task("Model")
    .Description("Every program of the model checker to its end, and every mutant: an hour or two.")
    .IsDependentOn("Build")
    .DoesForEach(new[] { "Ring.Tests/Model", "Ring.Tests/Model/Woven" }, project => DotNetTest(project, new DotNetTestSettings
    {
        Configuration = release,
        NoBuild = true,
        Filter = "TestCategory=Model",
    }));

Task("Repeat")
    .Description("The quick tests --times in a row, of all projects or of one --project; stops at the first failure.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        int times = Argument("times", 500);
        string project = Argument("project", solution);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int run = 1; run <= times; run++)
        {
            // A hang is a failure too, and has no other end.
            int exitCode = StartProcess("dotnet", new ProcessSettings
            {
                Arguments = $"test {project} -c {release} --no-build --blame-hang-timeout 5min --blame-hang-dump-type none",
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }, out var output, out var errors);
            Information("run {0} of {1}: {2}, {3:h\\:mm\\:ss}", run, times, exitCode == 0 ? "passed" : "FAILED", watch.Elapsed);
            if (exitCode == 0)
                continue;

            string log = $"artifacts/repeat/run-{run}.log";
            EnsureDirectoryExists("artifacts/repeat");
            System.IO.File.WriteAllLines(log, output.Concat(errors));
            throw new CakeException($"Run {run} of {times} failed after {watch.Elapsed:h\\:mm\\:ss}; what it wrote is in {log}.");
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
