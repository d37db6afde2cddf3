using System.Runtime.CompilerServices;

namespace Ring.Benchmarks.Compare;

/// <summary>What several producers send: who sends it, and its number there, in one integer.</summary>
internal static class Message
{
    private const int MostProducers = 1 << ProducerBits;

    private const int ProducerBits = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(int producer, long number) => (number << ProducerBits) | (long)producer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Producer(long message) => (int)message & (MostProducers - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Number(long message) => message >> ProducerBits;
}
