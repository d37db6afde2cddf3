// Names the tasks; what they build, test and pack is said by the project files.
//
//     dotnet tool restore && dotnet cake --target=Test
//     dotnet cake --target=Bench --arguments="--filter *OneToOne*"

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
    .Description("Every program of the model checker to its end, and every mutant, in a process for each processor; renews the tables docs/model-*.md.")
    .IsDependentOn("Build")
    .Does(() =>
{
    var folder = MakeAbsolute(Directory("artifacts/model"));
    CleanDirectory(folder);
    var shares = Enumerable.Range(1, Environment.ProcessorCount).Select(share => StartAndReturnProcess("dotnet", new ProcessSettings
    {
        Arguments = $"test Ring.Tests/Model/Woven -c {release} --no-build --filter TestCategory=Model",
        EnvironmentVariables = new Dictionary<string, string>
        {
            ["RING_MODEL_SHARE"] = $"{share}/{Environment.ProcessorCount}",
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
