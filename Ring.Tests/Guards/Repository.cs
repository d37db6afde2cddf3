using System.Collections.Concurrent;

namespace Ring.Tests.Guards;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly ConcurrentDictionary<string, SourceFile[]> ByProject = new();

    /// <summary>Found from the folder of the test assembly upwards: a deterministic build knows no path of its sources.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string ReadText(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The C# files of a project, without what the build generates.</summary>
    public static SourceFile[] Sources(string project) => ByProject.GetOrAdd(project, Read);

    private static SourceFile[] Read(string project)
    {
        string folder = Path.Combine(Root, project);
        return
        [
            .. from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
               let relative = Path.GetRelativePath(folder, path).Replace('\\', '/')
               where !IsGenerated(relative)
               orderby relative
               select new SourceFile(project, relative, File.ReadAllText(path)),
        ];
    }

    private static bool IsGenerated(string relative) =>
        relative.Split('/').Any(part => part is "obj" or "bin");

    private static string FindRoot(string folder)
    {
        DirectoryInfo? candidate = new(folder);
        while (candidate is not null && !File.Exists(Path.Combine(candidate.FullName, "Ring.slnx")))
            candidate = candidate.Parent;
        return candidate?.FullName ?? throw new DirectoryNotFoundException($"There is no Ring.slnx above {folder}.");
    }
}
