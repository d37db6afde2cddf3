namespace Ring.Tracing;

/// <summary>
/// Looks after a log twice a second, and tells observers what changed: that the disk refuses and that it is back, once each, and
/// that spans were discarded: every ten seconds, or when they are many. It has no part in the work of the log, so it sees a drain that hangs, too.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TraceLogWatch : IDisposable
{
    /// <summary>How soon discarded spans are spoken of again.</summary>
    public static readonly TimeSpan DiscardPeriod = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ITraceLogGauges _log;
    private readonly ITraceLogObserver[] _observers;
    private readonly Clock _clock;
    private Timer? _timer;
    private int _isLooking;
    private bool _isRefused;
    private TraceLogCounts _told;
    private TimeSpan _nextDiscards;
    private TraceLogCounts _beforeStop;
    private TimeSpan _stopBegan;

    public TraceLogWatch(ITraceLogGauges log, Clock clock, params ITraceLogObserver[] observers)
    {
        _log = log;
        _clock = clock;
        _observers = observers;
    }

    /// <summary>How long an observer that hangs holds up the end.</summary>
    public TimeSpan LongestLook { get; set; } = TimeSpan.FromSeconds(1);

    public void Start()
    {
        // Looking goes on for long after the request, or whatever it was, that made the log: it must not keep its AsyncLocals alive.
        using AsyncFlowControl? _ = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _timer = new Timer(static state => ((TraceLogWatch)state!).Look(), this, LookPeriod, LookPeriod);
    }

    /// <summary>Does nothing while another thread looks: an observer that hangs must not pile up threads.</summary>
    public void Look()
    {
        if (!IsHeard || Interlocked.Exchange(ref _isLooking, 1) != 0)
            return;

        LookAtDisk();
        LookAtDiscards(isLast: false);
        Volatile.Write(ref _isLooking, 0);
    }

    /// <summary>To be called before the log is drained for the last time, once.</summary>
    public void Stopping()
    {
        _beforeStop = _log.Counts;
        _stopBegan = _clock.Elapsed;
    }

    /// <summary>To be called when nothing changes any more, once: tells what is left to be told, and how the stop went.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        bool isInterrupted = false;
        // The timer's last look may still be under way, or to come: whoever looks last keeps the turn.
        if (TryTakeTurn(ref isInterrupted))
        {
            LookAtDisk();
            LookAtDiscards(isLast: true);
        }

        StopReport report = new(in _beforeStop, _log.Counts, _clock.Elapsed - _stopBegan);
        Tell(observer => observer.Stopped(in report));
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }

    private bool TryTakeTurn(ref bool isInterrupted)
    {
        try
        {
            return IsHeard && SpinWait.SpinUntil(() => Interlocked.Exchange(ref _isLooking, 1) == 0, LongestLook);
        }
        catch (ThreadInterruptedException)
        {
            // Whoever interrupts does not want to wait. Told again at the end, or an observer's logger would swallow it.
            isInterrupted = true;
            return false;
        }
    }

    private bool IsHeard => Array.Exists(_observers, static observer => observer.IsListening);

    private void LookAtDisk()
    {
        string? trouble = _log.DiskTrouble;
        if (_isRefused == trouble is not null)
            return;

        _isRefused = trouble is not null;
        if (trouble is null)
            Tell(static observer => observer.DiskResumed());
        else
            Tell(observer => observer.DiskRefused(trouble));
    }

    private void LookAtDiscards(bool isLast)
    {
        TraceLogCounts before = _told;
        TraceLogCounts now = _log.Counts;
        long count = now.Discarded - before.Discarded;
        if (count == 0 || (count < _log.DiscardReportThreshold && _clock.Elapsed < _nextDiscards && !isLast))
            return;

        _told = now;
        _nextDiscards = _clock.Elapsed + DiscardPeriod;
        string reasons = LossText.Describe(before, now);
        Tell(observer => observer.SpansDiscarded(count, reasons));
    }

    private void Tell(Action<ITraceLogObserver> say)
    {
        foreach (ITraceLogObserver observer in _observers)
        {
            try
            {
                say(observer);
            }
            catch (Exception)
            {
                // The application's logger. On this thread its exception would end the process.
            }
        }
    }
}
