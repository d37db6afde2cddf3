using Ring.Tracing;

namespace Ring.Tests.Stress;

/// <summary>Threads end spans as fast as they can; the disk has its moods.</summary>
internal sealed record SpanCase(OverflowPolicy Overflow, DiskMood Disk)
{
    public static IEnumerable<SpanCase> All() =>
        from overflow in Enum.GetValues<OverflowPolicy>()
        from disk in Enum.GetValues<DiskMood>()
        select new SpanCase(overflow, disk);

    public StressCase ToCase() => new("spans", $"{Overflow} {Disk}", Run);

    private void Run(Round round)
    {
        using SpanTraffic traffic = new(round, this);
        traffic.Run();
        traffic.ExpectBalancedBooks();
        round.CountCycle(traffic.Ended);
    }
}
