namespace Ring.Core;

/// <summary>How far apart two cells must lie so that writing one never slows readers of the other.</summary>
/// <remarks>
/// 128 bytes, not 64: x64 prefetches lines in adjacent pairs (Intel 64 and IA-32 Optimization Reference Manual, "Data
/// Prefetching"), and Apple's and some other ARM64 cores have 128-byte lines. A constant has no thread-safety concerns.
/// </remarks>
internal static class CacheLine
{
    /// <summary>Bytes.</summary>
    public const int Size = 128;

    /// <summary>
    /// Bytes of padding on each side of one 64-bit value that keep everything else off its line, wherever the line begins.
    /// A multiple of 8, because an explicit offset that is not one would lose the alignment, and with it the atomicity.
    /// </summary>
    public const int Padding = Size - sizeof(long);
}
