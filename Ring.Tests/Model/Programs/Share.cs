using System.Security.Cryptography;
using System.Text;

namespace Ring.Tests.Model.Programs;

/// <summary>
/// What this process does of long lists that several walk side by side: whatever no other has begun. In the folder that
/// <c>RING_MODEL_CLAIMS</c> names, each leaves a file for what it takes; without it, there is only this one, and it takes everything.
/// </summary>
internal static class Share
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("RING_MODEL_CLAIMS");

    /// <summary>Whether the item is for this process. To be asked once for each; no two processes are told so.</summary>
    public static bool Takes(string item)
    {
        if (Folder is null)
            return true;

        string claim = Path.Combine(Folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(item))));
        try
        {
            new FileStream(claim, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(claim))
        {
            return false;
        }
    }

    /// <summary>Ends the test if another process has begun it.</summary>
    public static void Require(string item)
    {
        if (!Takes($"{TestContext.CurrentContext.Test.MethodName} {item}"))
            Assert.Ignore("Another process does it.");
    }
}
