using System.Diagnostics;

namespace Ring.Tests.Tracing;

/// <summary>A file system in memory, of a few mebibytes, that a test may fill. It takes Linux and the right to mount.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _filler;

    private SmallVolume() => _filler = Path.Combine(_folder.Root, "filler");

    public string Root => _folder.Root;

    /// <summary>Mounts the volume, or skips the test and says why.</summary>
    public static SmallVolume MountOrIgnore(int mebibytes)
    {
        SmallVolume volume = new();
        string? fault = Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", volume.Root);
        if (fault is null)
            return volume;

        volume._folder.Dispose();
        Assert.Ignore($"No small volume can be mounted here: {fault}");
        throw new UnreachableException();
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using FileStream file = new(_filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        foreach (int size in new[] { 64 * 1024, 4096, 1 })
        {
            byte[] block = new byte[size];
            while (TryWrite(file, block))
            {
                // As long as it takes them.
            }
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> has taken.</summary>
    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        Run("umount", Root);
        _folder.Dispose();
    }

    private static bool TryWrite(FileStream file, byte[] block)
    {
        try
        {
            file.Write(block);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <returns>What the program said if it failed, or null.</returns>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said.Trim();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
