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

    private readonly Disruptor<SpanEvent> _disruptor;
    private readonly RingBuffer<SpanEvent> _ring;
    private readonly Ledger _ledger;
    private readonly SpanDrain _drain;
    private readonly bool _blocks;
    private readonly TimeSpan _shutdownTimeout;
    private Thread? _drainThread;
    private volatile bool _isGivenUp;

    public SpanPipeline(TraceLogOptions options, SpanDrain drain, Ledger ledger)
    {
        _ledger = ledger;
        _drain = drain;
        _shutdownTimeout = options.ShutdownTimeout;
        _blocks = options.Overflow == OverflowPolicy.Block;
        _disruptor = new Disruptor<SpanEvent>(
            static () => new SpanEvent(),
            options.RingSize,
            NewDrainThread,
            ProducerType.Multi,
            new TimeoutBlockingWaitStrategy(HousekeepingPeriod));
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

    /// <summary>Why the disk refuses at present, or null while it takes what it is given.</summary>
    public string? DiskTrouble => _drain.DiskTrouble;

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
            _ledger.CountNotW3C();
        else if (TryClaim(out long sequence))
            Publish(activity, sequence);
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

    private void Publish(Activity activity, long sequence)
    {
        SpanEvent span = _ring[sequence];
        try
        {
            span.Capture(activity);
        }
        catch (Exception)
        {
            // Out of memory, or an activity that another thread is changing. The slot says that it is incomplete, and the drain
            // counts it.
        }
        finally
        {
            _ring.Publish(sequence);
        }
    }

    private bool TryClaim(out long sequence)
    {
        if (_ring.TryNext(out sequence))
            return true;

        if (_ring.IsClosed)
        {
            _ledger.CountStopped();
            return false;
        }

        // The drain thread may end spans too, in the application's own ToString for instance: it must never wait for itself.
        if (_blocks && !IsOnDrainThread)
            return TryWait(out sequence);

        _ledger.CountRingFull();
        return false;
    }

    private bool TryWait(out long sequence)
    {
        // An interrupt is the application's: it must neither leave here as an exception nor cost the span nor get lost.
        bool isInterrupted = false;
        while (true)
        {
            try
            {
                sequence = _ring.Next();
                break;
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
            catch (RingClosedException)
            {
                _ledger.CountStopped();
                sequence = Sequence.Initial;
                break;
            }
        }

        if (isInterrupted)
            Thread.CurrentThread.Interrupt();

        return sequence != Sequence.Initial;
    }

    private static TimeSpan Moment(TimeSpan left) => left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestMoment ? left : LongestMoment;

    private Thread NewDrainThread(ThreadStart run) =>
        _drainThread = new Thread(run) { IsBackground = true, Name = "Ring.Tracing drain" };
}
