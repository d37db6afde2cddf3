using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Java;

/// <summary>
/// LMAX's Disruptor in a virtual machine of its own, driven by commands, so that its runs take turns with ours. It lives as long as the
/// comparison does: its compilers have warmed up when the rounds begin.
/// </summary>
internal sealed class LmaxProcess : IDisposable
{
    private const string JarVariable = "RING_LMAX_JAR";
    private const string UsualJar = "/usr/share/java/disruptor.jar";
    private const string Driver = "LmaxDriver";

    private readonly DirectoryInfo _classes;
    private readonly Process _process;

    private LmaxProcess(DirectoryInfo classes, Process process, string version)
    {
        _classes = classes;
        _process = process;
        Version = version;
    }

    /// <summary>Which jar on which machine.</summary>
    public string Version { get; }

    /// <summary>Starts it, or says why not.</summary>
    public static LmaxProcess? TryStart(TextWriter output)
    {
        string jar = Environment.GetEnvironmentVariable(JarVariable) is { Length: > 0 } given ? given : UsualJar;
        if (!File.Exists(jar))
        {
            output.WriteLine($"Without LMAX's Disruptor: there is no {jar} (Debian: libdisruptor-java), and {JarVariable} names no other.");
            return null;
        }

        DirectoryInfo classes = Directory.CreateTempSubdirectory("ring-benchmarks-java-");
        try
        {
            string source = Path.Combine(AppContext.BaseDirectory, Driver + ".java");
            RunToEnd("javac", "-cp", jar, "-d", classes.FullName, source);
            string version = RunToEnd("java", "-version").Split('\n')[0].Trim();
            Process process = Start("java", "-cp", jar + Path.PathSeparator + classes.FullName, Driver);
            return new LmaxProcess(classes, process, $"{NameOf(jar)}, {version}");
        }
        catch (Exception exception)
        {
            classes.Delete(recursive: true);
            output.WriteLine($"Without LMAX's Disruptor: {exception.Message}");
            return null;
        }
    }

    /// <summary>Gives a command and returns its answer.</summary>
    public string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The Java driver ended at '{command}'.");
        return answer.StartsWith("failed", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The Java driver, asked for '{command}': {answer}")
            : answer;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _classes.Delete(recursive: true);
    }

    /// <summary>Debian links a name with the version to the one without.</summary>
    private static string NameOf(string jar)
    {
        string versions = Path.GetFileNameWithoutExtension(jar) + "-*.jar";
        return Path.GetFileName(Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(jar))!, versions).FirstOrDefault() ?? jar);
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

    private static Process Start(string program, params string[] arguments) => Start(program, arguments, redirectError: false);

    private static Process Start(string program, string[] arguments, bool redirectError) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = redirectError,
        })!;
}
