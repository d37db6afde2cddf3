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
    .Description("Every program of the model checker to its end, and every mutant: an hour or two.")
    .IsDependentOn("Build")
    .DoesForEach(new[] { "Ring.Tests/Model", "Ring.Tests/Model/Woven" }, project => DotNetTest(project, new DotNetTestSettings
    {
        Configuration = release,
        NoBuild = true,
        Filter = "TestCategory=Model",
    }));

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
