using Ring.Tests.Support;

namespace Ring.Tests.Tracing;

/// <summary>A folder of its own for one test, gone with everything in it afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "ring-tests-" + Guid.NewGuid().ToString("N"));

    /// <summary>A keeper that was told to stop may still be at its last file.</summary>
    public void Dispose() => Eventually.Holds(IsGone, $"{Root} is deleted");

    private bool IsGone()
    {
        try
        {
            if (Directory.Exists(Root))
                Directory.Delete(Root, recursive: true);

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
