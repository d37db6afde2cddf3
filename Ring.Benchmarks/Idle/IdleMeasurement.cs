using System.Diagnostics;
using System.Globalization;
using Ring.Benchmarks.Events;
using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Benchmarks.Idle;

/// <summary>
/// What waiting costs when nothing happens: the processor time of a chain of four stages without events, under each strategy,
/// and how long the event that comes then takes to reach the last stage:
/// <c>dotnet run -c Release --project Ring.Benchmarks -- idle</c>. The rows are those of docs/wait-strategies.md.
/// </summary>
internal static class IdleMeasurement
{
    private static readonly TimeSpan Idleness = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Phase = TimeSpan.FromMilliseconds(1);

    private static readonly (string Name, IWaitStrategy Strategy)[] Strategies =
    [
        ("BusySpin", new BusySpinWaitStrategy()),
        ("Yielding", new YieldingWaitStrategy()),
        ("Sleeping", new SleepingWaitStrategy()),
        ("Sleeping, 10 ms", new SleepingWaitStrategy(sleepTime: TimeSpan.FromMilliseconds(10))),
        ("Blocking", new BlockingWaitStrategy()),
        ("LiteBlocking", new LiteBlockingWaitStrategy()),
        ("TimeoutBlocking, 100 ms", new TimeoutBlockingWaitStrategy(Timeout)),
        ("LiteTimeoutBlocking, 100 ms", new LiteTimeoutBlockingWaitStrategy(Timeout)),
        ("PhasedBackoff, WithLock", PhasedBackoffWaitStrategy.WithLock(Phase, Phase)),
        ("PhasedBackoff, WithLiteLock", PhasedBackoffWaitStrategy.WithLiteLock(Phase, Phase)),
        ("PhasedBackoff, WithSleep", PhasedBackoffWaitStrategy.WithSleep(Phase, Phase)),
    ];

    public static void Run(TextWriter output)
    {
        output.WriteLine("| strategy | processor time, % of one core | the next event, ms |");
        output.WriteLine("| --- | ---: | ---: |");
        foreach ((string name, IWaitStrategy strategy) in Strategies)
        {
            (double load, double milliseconds) = Measure(strategy);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {load:F2} | {milliseconds:F2} |"));
        }
    }

    private static (double Load, double Milliseconds) Measure(IWaitStrategy strategy)
    {
        using ManualResetEventSlim arrived = new();
        using Disruptor<ClassEvent> disruptor = new(static () => new ClassEvent(), 64, waitStrategy: strategy);
        disruptor.HandleEventsWith(new Stage()).Then(new Stage()).Then(new Stage()).Then(new LastStage(arrived));
        RingBuffer<ClassEvent> ring = disruptor.Start();
        PassOneThrough(ring, arrived);

        TimeSpan before = ProcessorTime();
        Stopwatch idle = Stopwatch.StartNew();
        Thread.Sleep(Idleness);
        double load = 100 * (ProcessorTime() - before) / idle.Elapsed;

        return (load, PassOneThrough(ring, arrived));
    }

    /// <summary>How long an event takes through all stages, in milliseconds.</summary>
    private static double PassOneThrough(RingBuffer<ClassEvent> ring, ManualResetEventSlim arrived)
    {
        arrived.Reset();
        Stopwatch clock = Stopwatch.StartNew();
        ring.Publish(ring.Next());
        arrived.Wait();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private sealed class Stage : IEventHandler<ClassEvent>
    {
        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
        }
    }

    private sealed class LastStage(ManualResetEventSlim arrived) : IEventHandler<ClassEvent>
    {
        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch) => arrived.Set();
    }
}
