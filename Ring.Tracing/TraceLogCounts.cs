using System.Runtime.InteropServices;

namespace Ring.Tracing;

/// <summary>
/// What became of every span so far, at one moment: <see cref="Accepted"/> = <see cref="Written"/> + <see cref="Discarded"/> +
/// <see cref="Unrouted"/> + <see cref="InFlight"/>, always. Discarded spans are counted by reason. Lines of text count as spans do, and
/// a span that goes to several logs counts once for each, as soon as it is there.
/// </summary>
/// <remarks>Thread safety: an immutable value.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct TraceLogCounts
{
    internal TraceLogCounts(long claimed, Func<LossReason, long> lost, in DrainedCounts drained, int filesCreated)
    {
        Written = drained.Written;
        RingFull = lost(LossReason.RingFull);
        LowPriority = lost(LossReason.LowPriority);
        BlockTimedOut = lost(LossReason.BlockTimedOut);
        Stopped = lost(LossReason.Stopped);
        NotW3C = lost(LossReason.NotW3C);
        WriteFailed = drained.WriteFailed;
        EncodeFailed = drained.EncodeFailed;
        Abandoned = drained.Abandoned;
        Unrouted = drained.Unrouted;
        InFlight = claimed + drained.Copies - drained.Total;
        BytesWritten = drained.BytesWritten;
        StatisticLinesDiscarded = drained.StatisticLinesDiscarded;
        FilesCreated = filesCreated;
    }

    /// <summary>Spans that ended at a captured source. Never goes down.</summary>
    public long Accepted => Written + Discarded + Unrouted + InFlight;

    /// <summary>Spans that are in a file: handed to the operating system, though perhaps not yet on the disk.</summary>
    public long Written { get; }

    /// <summary>Spans that no file will ever hold: the sum of all reasons.</summary>
    public long Discarded =>
        RingFull + LowPriority + BlockTimedOut + WriteFailed + EncodeFailed + NotW3C + Stopped + Abandoned;

    /// <summary>Spans that no log takes, by the rules of the logs.</summary>
    public long Unrouted { get; }

    /// <summary>
    /// Spans on their way: in the ring, or waiting for a disk that refused them. From 0 to the ring size and what is waiting.
    /// </summary>
    public long InFlight { get; }

    /// <summary>
    /// Discarded under <see cref="OverflowPolicy.DiscardByPriority"/> because the ring was nearly full, and neither errors nor roots.
    /// </summary>
    public long LowPriority { get; }

    /// <summary>Discarded because the ring was full for longer than <see cref="TraceLogOptions.BlockTimeout"/>.</summary>
    public long BlockTimedOut { get; }

    /// <summary>
    /// Discarded because the ring was full; with <see cref="OverflowPolicy.Block"/> only spans that the application's own code
    /// ends while a value is encoded: that thread must not wait for itself.
    /// </summary>
    public long RingFull { get; }

    /// <summary>Discarded because the disk refused them and the memory for waiting spans (1 MiB of lines) was full.</summary>
    public long WriteFailed { get; }

    /// <summary>Discarded because reading or encoding them failed.</summary>
    public long EncodeFailed { get; }

    /// <summary>Discarded because their ids are not in the W3C format.</summary>
    public long NotW3C { get; }

    /// <summary>Discarded because they ended while the log was being disposed of.</summary>
    public long Stopped { get; }

    /// <summary>
    /// Discarded because <see cref="TraceLogOptions.ShutdownTimeout"/> was over before their turn came, or because the thread
    /// that disposed of the log was interrupted.
    /// </summary>
    public long Abandoned { get; }

    /// <summary>Bytes in all span files of this log.</summary>
    public long BytesWritten { get; }

    /// <summary>Span files that this log made.</summary>
    public int FilesCreated { get; }

    /// <summary>Lines of the statistic log that were lost because the disk refused them for too long.</summary>
    public long StatisticLinesDiscarded { get; }

    /// <summary>How many spans were discarded for one reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public long DiscardedFor(LossReason reason) => reason switch
    {
        LossReason.RingFull => RingFull,
        LossReason.LowPriority => LowPriority,
        LossReason.BlockTimedOut => BlockTimedOut,
        LossReason.NotW3C => NotW3C,
        LossReason.Stopped => Stopped,
        LossReason.WriteFailed => WriteFailed,
        LossReason.EncodeFailed => EncodeFailed,
        LossReason.Abandoned => Abandoned,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Must be one of the reasons."),
    };

    /// <summary>Returns the counts as one line of text.</summary>
    public override string ToString() =>
        $"accepted {Accepted} = written {Written} + discarded {Discarded} + unrouted {Unrouted} + in flight {InFlight} "
        + $"(ring full {RingFull}, low priority {LowPriority}, block timed out {BlockTimedOut}, write failed {WriteFailed}, "
        + $"encode failed {EncodeFailed}, not W3C {NotW3C}, stopped {Stopped}, abandoned {Abandoned})";
}
