using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>A line of a file, from 1.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct LinePlace(string filePath, long lineNumber)
{
    public string FilePath { get; } = filePath;

    public long LineNumber { get; } = lineNumber;
}
