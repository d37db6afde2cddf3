using System.Diagnostics;

namespace Ring.Benchmarks.Compare.Latency;

/// <summary>What sleeping costs by itself: two threads that wake each other by the runtime's <see cref="Monitor"/>, and do nothing else.</summary>
internal static class MonitorPingPong
{
    public static Histogram Run(int exchanges)
    {
        Gate there = new();
        Gate back = new();
        using Crew crew = new();
        Histogram times = new();
        crew.AddRunning(() =>
        {
            for (int i = 0; i < exchanges; i++)
            {
                there.Pass();
                back.Open();
            }
        });
        crew.AddRunning(() =>
        {
            for (int i = 0; i < exchanges; i++)
            {
                long start = Stopwatch.GetTimestamp();
                there.Open();
                back.Pass();
                times.Add(Nanoseconds.Since(start));
            }
        });
        crew.Join();
        return times;
    }

    private sealed class Gate
    {
        private readonly object _monitor = new();
        private bool _isOpen;

        public void Open()
        {
            lock (_monitor)
            {
                _isOpen = true;
                Monitor.PulseAll(_monitor);
            }
        }

        public void Pass()
        {
            lock (_monitor)
            {
                while (!_isOpen)
                    Monitor.Wait(_monitor);

                _isOpen = false;
            }
        }
    }
}
