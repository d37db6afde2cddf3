namespace Ring.Tests.Model.Woven;

/// <summary>The texts in docs/ that the tests read.</summary>
internal static class Documents
{
    private static readonly string Folder = BuildMetadata.Of(nameof(Documents));

    public static string ReadText(string name) => File.ReadAllText(Path.Combine(Folder, name));
}
