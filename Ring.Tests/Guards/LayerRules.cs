namespace Ring.Tests.Guards;

/// <summary>Which folder of a project may name the types of which others.</summary>
/// <param name="allowed">For each folder those that it may use besides itself; "" stands for the files in no folder.</param>
internal sealed class LayerRules(IReadOnlyDictionary<string, string[]> allowed)
{
    /// <summary>Each folder uses those before it.</summary>
    public static LayerRules Stack(params string[] folders) =>
        new(folders.Index().ToDictionary(folder => folder.Item, folder => folders[..folder.Index]));

    public IEnumerable<string> Violations(IReadOnlyCollection<SourceFile> files) =>
        [.. files.SelectMany(MisplacedOrMisnamed), .. UsesOfOtherLayers(files)];

    private IEnumerable<string> MisplacedOrMisnamed(SourceFile file)
    {
        if (!allowed.ContainsKey(file.Folder))
            yield return $"{file.Path}: no file may lie in this folder.";
        string[] types = [.. file.TopLevelTypes];
        if (types is not [{ } type] || type != file.TypeName)
            yield return $"{file.Path}: declares {Listed(types)} instead of {file.TypeName} alone.";
    }

    private IEnumerable<string> UsesOfOtherLayers(IReadOnlyCollection<SourceFile> files)
    {
        ILookup<string, string> foldersOfTypes = files.ToLookup(file => file.TypeName, file => file.Folder);
        return from file in files
               let visible = VisibleFrom(file.Folder)
               from use in file.Words
               let folders = foldersOfTypes[use.Word]
               where folders.Any() && !folders.Any(visible.Contains)
               select $"{file.At(use.Line)}: {use.Word} is of {folders.First()}, which {file.Folder} may not use.";
    }

    private HashSet<string> VisibleFrom(string folder) => [folder, .. allowed.GetValueOrDefault(folder, [])];

    private static string Listed(string[] types) => types.Length == 0 ? "nothing" : string.Join(" and ", types);
}
