using System.Diagnostics;
using System.Globalization;
using Ring.Benchmarks.Events;
using Ring.Benchmarks.Reporting;
using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Parking;

/// <summary>
/// What parking costs the flow of events: one producer, one consumer that sleeps whenever it has caught up. Which fences the
/// two sides use is decided when Ring.Core is compiled, so the two ways are two builds, run in turns:
/// <c>dotnet run -c Release --project Ring.Benchmarks [-p:FullFences=true] -- parking</c>.
/// </summary>
internal static class ParkingMeasurement
{
    private const int Events = 5_000_000;
    private const int Rounds = 13;

    public static void Run(TextWriter output)
    {
        foreach (int size in new[] { 1_024, 65_536 })
            foreach (ProducerType producers in new[] { ProducerType.Single, ProducerType.Multi })
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{producers} {size}: {Measure(producers, size)}"));
    }

    private static string Measure(ProducerType producers, int size)
    {
        RunOnce(producers, size);
        string rates = Spread.Of(Enumerable.Range(0, Rounds).Select(_ => RunOnce(producers, size))).ToText("F1");
        return $"{rates} million events a second: median and quartiles";
    }

    private static double RunOnce(ProducerType producers, int size)
    {
        Sum sum = new();
        using Disruptor<ClassEvent> disruptor = new(static () => new ClassEvent(), size, null, producers, new BlockingWaitStrategy());
        disruptor.HandleEventsWith(sum);
        RingBuffer<ClassEvent> ring = disruptor.Start();
        Stopwatch clock = Stopwatch.StartNew();
        for (int i = 0; i < Events; i++)
        {
            long sequence = ring.Next();
            ring[sequence].Value = i;
            ring.Publish(sequence);
        }

        if (!disruptor.Shutdown() || sum.Value != (long)Events * (Events - 1) / 2)
            throw new InvalidOperationException($"The consumer's sum is {sum.Value}.");
        return Events / clock.Elapsed.TotalSeconds / 1e6;
    }

    private sealed class Sum : IEventHandler<ClassEvent>
    {
        public long Value { get; private set; }

        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch) => Value += evt.Value;
    }
}
