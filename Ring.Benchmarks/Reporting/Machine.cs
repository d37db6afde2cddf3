using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Ring.Benchmarks.Reporting;

/// <summary>Where figures come from, without which they mean nothing.</summary>
internal static class Machine
{
    /// <summary>The version that was compiled, of which commit, and how.</summary>
    public static string Build { get; } =
        $"{Attribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}, {Attribute<AssemblyConfigurationAttribute>()?.Configuration}";

    /// <summary>As the items of a list.</summary>
    public static string Describe()
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        Describe(text);
        return text.ToString();
    }

    /// <summary>As the items of a list.</summary>
    public static void Describe(TextWriter output)
    {
        output.WriteLine($"- {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}");
        output.WriteLine($"- {RuntimeInformation.OSDescription}, load in the 1, 5 and 15 minutes before: {Load()}");
        string collector = GCSettings.IsServerGC ? "server" : "workstation";
        output.WriteLine($"- {RuntimeInformation.FrameworkDescription}, {collector} GC, {GCSettings.LatencyMode}");
    }

    /// <summary>And the disk that a folder lies on.</summary>
    public static void Describe(TextWriter output, string folder)
    {
        Describe(output);
        output.WriteLine($"- files on {Disk(folder)}");
    }

    private static T? Attribute<T>()
        where T : Attribute => typeof(Machine).Assembly.GetCustomAttribute<T>();

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        string? model = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return model?.Split(':')[^1].Trim() ?? "an unknown processor";
    }

    private static string Load()
    {
        const string Averages = "/proc/loadavg";
        return File.Exists(Averages) ? string.Join(' ', File.ReadAllText(Averages).Split(' ')[..3]) : "unknown";
    }

    private static string Disk(string folder)
    {
        DriveInfo drive = new(folder);
        return string.Create(CultureInfo.InvariantCulture, $"{drive.DriveFormat}, {drive.AvailableFreeSpace >> 30} GiB free");
    }
}
