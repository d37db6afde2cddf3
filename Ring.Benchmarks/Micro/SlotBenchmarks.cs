using BenchmarkDotNet.Attributes;
using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Micro;

/// <summary>What it takes to get at the event of a sequence, beside an array that is looked into with a mask and checks its bounds.</summary>
/// <remarks>
/// With <c>DOTNET_JitDisasm=StructSlots</c> and <c>DOTNET_JitStdOutFile</c> the runtime writes the machine code: a mask, an addition and
/// two loads, without a check of bounds.
/// </remarks>
[MemoryDiagnoser]
public class SlotBenchmarks
{
    private const int Size = 1024;
    private const int Mask = Size - 1;

    private readonly ClassEvent[] _classArray = [.. Enumerable.Range(0, Size).Select(static _ => new ClassEvent())];
    private readonly RingBuffer<ClassEvent> _classRing = RingBuffer.CreateSingleProducer(static () => new ClassEvent(), Size);
    private readonly StructEvent[] _structArray = new StructEvent[Size];
    private readonly RingBuffer<StructEvent> _structRing = RingBuffer.CreateSingleProducer(static () => new StructEvent(), Size);

    [Benchmark(Baseline = true, OperationsPerInvoke = Size)]
    public long StructElements()
    {
        StructEvent[] array = _structArray;
        long sum = 0;
        for (long sequence = 0; sequence < Size; sequence++)
            sum += array[(int)sequence & Mask].Value;

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public long StructSlots()
    {
        RingBuffer<StructEvent> ring = _structRing;
        long sum = 0;
        for (long sequence = 0; sequence < Size; sequence++)
            sum += ring[sequence].Value;

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public long ClassElements()
    {
        ClassEvent[] array = _classArray;
        long sum = 0;
        for (long sequence = 0; sequence < Size; sequence++)
            sum += array[(int)sequence & Mask].Value;

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public long ClassSlots()
    {
        RingBuffer<ClassEvent> ring = _classRing;
        long sum = 0;
        for (long sequence = 0; sequence < Size; sequence++)
            sum += ring[sequence].Value;

        return sum;
    }
}
