using BenchmarkDotNet.Attributes;
using Ring.Core;

namespace Ring.Benchmarks.Micro;

/// <summary>
/// How an event is shown to be there: by the cursor alone, as with a single producer, or by a stamp for each slot, as with several.
/// </summary>
[MemoryDiagnoser]
public class AvailabilityBenchmarks
{
    private const int Size = 1024;

    private readonly LapStamps _stamps = new(Size);
    private PaddedLong _cursor = new(Size - 1);

    [GlobalSetup]
    public void Setup() => MarkStamps();

    [Benchmark(Baseline = true, OperationsPerInvoke = Size)]
    public void MoveCursor()
    {
        for (long sequence = 0; sequence < Size; sequence++)
            _cursor.WriteRelease(sequence);
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public void MarkStamps()
    {
        LapStamps stamps = _stamps;
        for (long sequence = 0; sequence < Size; sequence++)
            stamps.Mark(sequence);
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public long LookAtCursor()
    {
        long available = 0;
        for (long sequence = 0; sequence < Size; sequence++)
        {
            if (sequence <= _cursor.ReadAcquire())
                available++;
        }

        return available;
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public long LookAtStamps()
    {
        LapStamps stamps = _stamps;
        long available = 0;
        for (long sequence = 0; sequence < Size; sequence++)
        {
            if (stamps.IsMarked(sequence))
                available++;
        }

        return available;
    }
}
