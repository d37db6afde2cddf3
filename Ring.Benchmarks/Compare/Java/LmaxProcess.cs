using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Java;

/// <summary>
/// Our driver of LMAX's Disruptor in a virtual machine of its own. It is given commands, so that its runs take turns with ours, and
/// lives as long as its contender does: its compilers have warmed up when the rounds begin.
/// </summary>
internal sealed class LmaxProcess(Process process) : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    /// <summary>Gives a command and returns its answer.</summary>
    public string Ask(string command)
    {
        process.StandardInput.WriteLine(command);
        process.StandardInput.Flush();
        Task<string?> reading = process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(Crew.Deadline))
            throw new TimeoutException($"The Java driver has not answered '{command}' in {Crew.Deadline}.");

        string answer = reading.Result ?? throw new InvalidOperationException($"The Java driver ended at '{command}'.");
        return answer.StartsWith("failed", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The Java driver, asked for '{command}': {answer}")
            : answer;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        // It does not read while it works, and there may be no end of that.
        if (!process.WaitForExit(LongestEnd))
            process.Kill();

        process.Dispose();
    }
}
