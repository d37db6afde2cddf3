using System.Diagnostics;
using System.Globalization;

namespace Ring.Tracing;

/// <summary>
/// Names such as <c>spans-20261121T013000Z-4711-0001.jsonl</c>: prefix, UTC time of making, process id and a number that only
/// goes up. Processes that share a folder never share a file, and names sort by age.
/// </summary>
/// <remarks>Not thread-safe: the rolling file that owns it is not.</remarks>
internal sealed class FileNaming(string directory, string prefix, string extension)
{
    private static readonly int ProcessId = CurrentProcessId();
    private int _number;

    /// <summary>The path for the next file. It never gives the same path twice.</summary>
    public string Next(DateTime utcNow)
    {
        string name = string.Format(
            CultureInfo.InvariantCulture,
            "{0}-{1:yyyyMMdd'T'HHmmss'Z'}-{2}-{3:0000}{4}",
            prefix,
            utcNow,
            ProcessId,
            ++_number,
            extension);
        return Path.Combine(directory, name);
    }

    private static int CurrentProcessId()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Id;
    }
}
