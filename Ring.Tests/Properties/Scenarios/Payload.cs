namespace Ring.Tests.Properties.Scenarios;

/// <summary>What is written into events, so that whoever reads one knows whether it is the right one, and complete.</summary>
internal static class Payload
{
    private const ulong Spread = 0x9E3779B97F4A7C15;

    /// <summary>Written by a producer last, over all else that it writes.</summary>
    public static long Check(long sequence, int producer, long number) => Mix(sequence, (producer << 20) + number);

    /// <summary>Written by a stage.</summary>
    public static long Mark(int stage, long sequence) => Mix(sequence, ~(long)stage);

    private static long Mix(long first, long second) =>
        unchecked((long)(((((ulong)first + 1) * Spread) ^ (ulong)second) * Spread)) | 1;
}
