using System.Diagnostics;
using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Tracing;

/// <summary>The ring between the threads that end spans and the one that writes them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SpanPipeline : IDisposable
{
    /// <summary>How often an idle drain looks after refused lines and the statistic interval.</summary>
    private static readonly TimeSpan HousekeepingPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a disposal waits before it looks whether it is to wait any longer. A healthy disk takes a full ring in much less.
    /// </summary>
    private static readonly TimeSpan LongestMoment = TimeSpan.FromSeconds(1);

    /// <summary>How long a write that is under way when the time is up may still take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly DozingWaitStrategy _waitStrategy = new(HousekeepingPeriod);
    private readonly Disruptor<SpanEvent> _disruptor;
    private readonly RingBuffer<SpanEvent> _ring;
    private readonly Ledger _ledger;
    private readonly SpanDrain _drain;
    private readonly DiscardedTraces? _discardedTraces;
    private readonly CaptureRules _rules;
    private readonly OverflowPolicy _overflow;
    private readonly TimeSpan _blockTimeout;
    private readonly TimeSpan _shutdownTimeout;
    private readonly int _quarter;
    private readonly string _serviceName;
    private Thread? _drainThread;
    private volatile bool _isGivenUp;

    public SpanPipeline(TraceLogOptions options, SpanDrain drain, Ledger ledger, DiscardedTraces discardedTraces)
    {
        _ledger = ledger;
        _drain = drain;
        _discardedTraces = options.RecordDiscardedTraces ? discardedTraces : null;
        _rules = new CaptureRules(options.BaggageKeys, options.LoadTest);
        _shutdownTimeout = options.ShutdownTimeout;
        _overflow = options.Overflow;
        _blockTimeout = options.BlockTimeout;
        _quarter = options.RingSize / 4;
        _serviceName = options.ServiceName;
        SpanLimitOptions limits = options.Limits.Copy();
        _disruptor = new Disruptor<SpanEvent>(
            () => new SpanEvent(limits),
            options.RingSize,
            NewDrainThread,
            ProducerType.Multi,
            _waitStrategy);
        _ring = _disruptor.RingBuffer;
        // A second line: the drain itself turns faults into counts. A span that gets here stays in flight in them, where it shows.
        _disruptor.SetDefaultExceptionHandler(new IgnoreExceptionHandler<SpanEvent>());
        _disruptor.HandleEventsWith(drain);
        ledger.Attach(_ring);
        drain.Attach(_ring);
    }

    /// <summary>Whether the caller runs inside the drain: the application's own code does, in a ToString that is encoded.</summary>
    public bool IsOnDrainThread => Thread.CurrentThread == _drainThread;

    public int RingSize => _ring.BufferSize;

    /// <param name="meter">Is told how long writes take.</param>
    public void Start(TraceLogMeter meter)
    {
        _drain.Attach(meter);
        // The drain outlives the request, or whatever it was, that made the log: it must not keep its AsyncLocals alive.
        using AsyncFlowControl? _ = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _disruptor.Start();
    }

    /// <summary>Takes a finished span over. Never throws: it runs inside the application's own code.</summary>
    public void Publish(Activity activity)
    {
        if (activity.IdFormat != ActivityIdFormat.W3C)
            _ledger.Count(LossReason.NotW3C);
        else
            PublishW3C(activity);
    }

    /// <summary>Claims room for a span that the caller fills in.</summary>
    public SpanWriter Record(in SpanIds ids, string name, ActivityKind kind, DateTime startUtc, TimeSpan duration)
    {
        // Whether it will be an error is not known yet.
        if (!TryClaim(isUrgent: ids.Parent == 0, out long sequence))
        {
            _discardedTraces?.Add(ids.TraceId);
            return default;
        }

        SpanEvent span = _ring[sequence];
        span.Record(_serviceName, in ids, name, kind, startUtc, duration);
        span.OpenSequence = sequence;
        return new SpanWriter(this, span, sequence);
    }

    /// <summary>Hands over what the caller has filled in.</summary>
    public void Publish(SpanEvent span, long sequence)
    {
        span.OpenSequence = Sequence.Initial;
        Publish(sequence);
    }

    /// <summary>Hands over a line for a log; returns false when there was no room.</summary>
    public bool Publish(int log, string line)
    {
        if (!TryClaim(isUrgent: true, out long sequence))
            return false;

        _ring[sequence].SetLine(log, line);
        Publish(sequence);
        return true;
    }

    /// <summary>
    /// Closes the ring, drains it, and ends the drain thread. What is left in the ring when the time is up is given up. A drain
    /// thread that hangs in a write is left behind, and what it holds stays in flight. To be called once, and not on the drain
    /// thread, which would wait for itself.
    /// </summary>
    public void Dispose()
    {
        try
        {
            Drain();
        }
        catch (ThreadInterruptedException)
        {
            // Whoever interrupts does not want to wait: the drain ends by itself then, and closes the files.
            _disruptor.Halt();
            Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>Has <see cref="Dispose"/>, on whatever thread it is called, wait no longer than a moment.</summary>
    public void GiveUp() => _isGivenUp = true;

    private void Drain()
    {
        Stopwatch waited = Stopwatch.StartNew();
        bool isDrained;
        do
            isDrained = _disruptor.Shutdown(Moment(_shutdownTimeout - waited.Elapsed));
        while (!isDrained && !_isGivenUp && waited.Elapsed < _shutdownTimeout && _drainThread!.IsAlive);

        if (!isDrained)
            _disruptor.Halt();

        if (!_drainThread!.Join(Grace))
            return;

        _disruptor.Dispose();
        // A thread that was stopped before it ever ran has told the drain neither of its start nor of its end.
        _drain.Complete();
    }

    private void PublishW3C(Activity activity)
    {
        // The application's rule first: between claim and publication its code would hold up everybody, itself included.
        bool isLoadTest = _rules.IsLoadTest(activity);
        if (TryClaim(IsUrgent(activity), out long sequence))
            Publish(activity, isLoadTest, sequence);
        else
            _discardedTraces?.Add(activity.TraceId);
    }

    private void Publish(Activity activity, bool isLoadTest, long sequence)
    {
        SpanEvent span = _ring[sequence];
        try
        {
            span.Capture(activity);
            span.IsLoadTest = isLoadTest;
            _rules.CopyBaggage(span, activity);
        }
        catch (Exception)
        {
            // Out of memory, or an activity that another thread is changing. The slot says that it is incomplete, and the drain
            // counts it.
        }
        finally
        {
            Publish(sequence);
        }
    }

    /// <summary>
    /// A drain that dozes looks by itself soon enough, unless the ring fills faster; a nudge is a system call. Asked at each quarter of
    /// the ring, so that at least half of it is left to whoever comes while the drain wakes up.
    /// </summary>
    private void Publish(long sequence)
    {
        _ring.Publish(sequence);
        if ((sequence & (_quarter - 1)) == 0 && RingSize - _ring.RemainingCapacity > _quarter / 2)
            _waitStrategy.Nudge();
    }

    private static bool IsUrgent(Activity activity) =>
        activity.Status == ActivityStatusCode.Error || activity.ParentSpanId == default;

    private bool TryClaim(bool isUrgent, out long sequence)
    {
        if (_overflow == OverflowPolicy.DiscardByPriority && !isUrgent && !_ring.HasAvailableCapacity(_quarter))
        {
            sequence = Sequence.Initial;
            return Refuse(LossReason.LowPriority);
        }

        if (_ring.TryNext(out sequence))
            return true;

        // The drain thread may end spans too, in the application's own ToString for instance: it must never wait for itself.
        return _overflow == OverflowPolicy.Block && !IsOnDrainThread ? TryWait(out sequence) : Refuse(LossReason.RingFull);
    }

    /// <summary>Counts a span that got no slot; a closed ring is why, whatever it looked like.</summary>
    private bool Refuse(LossReason reason)
    {
        _ledger.Count(_ring.IsClosed ? LossReason.Stopped : reason);
        return false;
    }

    private bool TryWait(out long sequence)
    {
        // An interrupt is the application's: it must neither leave here as an exception nor cost the span nor get lost.
        bool isInterrupted = false;
        bool isClaimed;
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                isClaimed = _ring.TryNext(Left(begun), out sequence) || Refuse(LossReason.BlockTimedOut);
                break;
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
            catch (RingClosedException)
            {
                sequence = Sequence.Initial;
                isClaimed = Refuse(LossReason.Stopped);
                break;
            }
        }

        if (isInterrupted)
            Thread.CurrentThread.Interrupt();

        return isClaimed;
    }

    private static TimeSpan Moment(TimeSpan left) => left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestMoment ? left : LongestMoment;

    /// <summary>What is left of the time to wait for room, which an interrupt does not make longer.</summary>
    private TimeSpan Left(long begun)
    {
        if (_blockTimeout == Timeout.InfiniteTimeSpan)
            return _blockTimeout;

        TimeSpan left = _blockTimeout - TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - begun) / (double)Stopwatch.Frequency);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private Thread NewDrainThread(ThreadStart run) =>
        _drainThread = new Thread(run) { IsBackground = true, Name = "Ring.Tracing drain" };
}
