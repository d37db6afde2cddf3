using System.ComponentModel;
using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Java;

/// <summary>LMAX's Disruptor on this machine: its jar, and our driver compiled against it.</summary>
internal sealed class Lmax : IDisposable
{
    private const string JarVariable = "RING_LMAX_JAR";
    private const string UsualJar = "/usr/share/java/disruptor.jar";
    private const string Driver = "LmaxDriver";

    private readonly DirectoryInfo _classes;
    private readonly string _jar;

    private Lmax(DirectoryInfo classes, string jar, string version)
    {
        _classes = classes;
        _jar = jar;
        Version = version;
    }

    /// <summary>Which jar on which virtual machine.</summary>
    public string Version { get; }

    /// <summary>Compiles the driver, or says why not.</summary>
    public static Lmax? TryFind(TextWriter output)
    {
        string? given = Environment.GetEnvironmentVariable(JarVariable);
        string jar = string.IsNullOrEmpty(given) ? UsualJar : given;
        if (!File.Exists(jar))
        {
            if (!string.IsNullOrEmpty(given))
                throw new FileNotFoundException($"{JarVariable} names no file: '{given}'.", given);

            output.WriteLine($"Without LMAX's Disruptor: there is no {jar} (Debian: libdisruptor-java), and {JarVariable} names no other.");
            return null;
        }

        DirectoryInfo classes = Directory.CreateTempSubdirectory("ring-benchmarks-java-");
        try
        {
            RunToEnd("javac", "-cp", jar, "-d", classes.FullName, Path.Combine(AppContext.BaseDirectory, Driver + ".java"));
            string version = RunToEnd("java", "-version").Split('\n')[0].Trim();
            return new Lmax(classes, jar, $"{NameOf(jar)}, {version}");
        }
        catch (Win32Exception exception)
        {
            classes.Delete(recursive: true);
            output.WriteLine($"Without LMAX's Disruptor: javac or java does not start: {exception.Message}");
            return null;
        }
        catch
        {
            classes.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>
    /// Starts a virtual machine. Each contender has its own: in one that has seen other strategies and handlers the compiler could no
    /// longer call those in hand directly.
    /// </summary>
    /// <remarks>Its own warnings go where they are seen, and not into its answers.</remarks>
    public LmaxProcess Start() => new(Start("java", ["-Xlog:disable", "-Xlog:all=warning:stderr", "-cp", _jar + Path.PathSeparator + _classes.FullName, Driver], redirectError: false));

    public void Dispose() => _classes.Delete(recursive: true);

    /// <summary>Debian links the one with the version to the one without, or the other way round.</summary>
    private static string NameOf(string jar)
    {
        string versions = Path.GetFileNameWithoutExtension(jar) + "-*.jar";
        string target = Path.GetFullPath(File.ResolveLinkTarget(jar, returnFinalTarget: true)?.FullName ?? jar);
        string? version = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(jar))!, versions).FirstOrDefault(
            candidate => string.Equals(File.ResolveLinkTarget(candidate, returnFinalTarget: true)?.FullName, target, StringComparison.Ordinal));
        return Path.GetFileName(version ?? target);
    }

    /// <summary>What it wrote, to either stream.</summary>
    private static string RunToEnd(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments, redirectError: true);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} failed: {text}");
    }

    private static Process Start(string program, string[] arguments, bool redirectError) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = redirectError,
        })!;
}
