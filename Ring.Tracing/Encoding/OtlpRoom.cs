using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>How far a span may reach in the buffer, and how many characters of a text are written.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct OtlpRoom(int end, int textLength)
{
    /// <summary>The length of the buffer that must not be exceeded.</summary>
    public int End { get; } = end;

    /// <summary>Characters of a text value; the rest is cut.</summary>
    public int TextLength { get; } = textLength;

    /// <summary>Room for so many bytes more than the buffer holds, and texts of any length that fit in.</summary>
    public static OtlpRoom Of(Utf8Buffer buffer, int bytes) => new(buffer.Length + bytes, int.MaxValue);

    /// <summary>Bytes that are left.</summary>
    public int Left(Utf8Buffer buffer) => End - buffer.Length;
}
