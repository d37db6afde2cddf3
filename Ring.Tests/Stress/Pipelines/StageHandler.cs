using Ring.Core;

namespace Ring.Tests.Stress;

/// <summary>A consumer that counts, and checks of each event that it comes in its turn, complete, after the stages before, and once.</summary>
internal sealed class StageHandler<T>(Round round, int stage, int stagesBefore, int producers)
    : IEventHandler<T>, ILifecycleAware, ITimeoutHandler
    where T : IStressEvent, new()
{
    private readonly long[] _numbers = new long[producers];
    private long _next;
    private long _count;
    private bool _runs;
    private volatile bool _isForbidden;

    /// <summary>Called with each sequence before the event counts as handled.</summary>
    public Action<long>? OnArrival { get; set; }

    /// <summary>Called with each sequence when the event counts as handled, and is still in hand.</summary>
    public Action<long>? OnDeparture { get; set; }

    /// <summary>Whether sequences may be missing, since claims are given up.</summary>
    public bool AllowsGaps { get; set; }

    public long Count => Volatile.Read(ref _count);

    /// <summary>The next sequence.</summary>
    public long Next => Volatile.Read(ref _next);

    public long Checksum { get; private set; }

    public bool LastEndedBatch { get; private set; } = true;

    public long NumbersOf(int producer) => _numbers[producer];

    /// <summary>From now on it must not be called.</summary>
    public void Forbid()
    {
        _isForbidden = true;
        Interlocked.MemoryBarrier();
    }

    public void OnStart()
    {
        if (_runs)
            Flawed(_next, "it was started twice");
        _runs = true;
    }

    public void OnShutdown()
    {
        if (!_runs)
            Flawed(_next, "it was shut down twice");
        _runs = false;
    }

    public void OnTimeout(long sequence)
    {
        if (AllowsGaps ? sequence < _next - 1 : sequence != _next - 1)
            Flawed(sequence, $"a wait ended behind it, but it is the turn of {_next}");
        if (_isForbidden || !_runs)
            Flawed(sequence, "no handler may run any more");
    }

    public void OnEvent(ref T evt, long sequence, bool endOfBatch)
    {
        OnArrival?.Invoke(sequence);
        ref Payload payload = ref evt.Payload;
        CheckTurn(in payload, sequence);
        Check(sequence, payload.FlawForStage(sequence, stage, stagesBefore));
        LastEndedBatch = endOfBatch;
        Checksum += Payload.Checksum(payload.Producer, payload.Number);
        payload.Mark(sequence, stage);
        Volatile.Write(ref _next, sequence + 1);
        Volatile.Write(ref _count, _count + 1);
        OnDeparture?.Invoke(sequence);
        // Again: nobody may have written into it meanwhile.
        Check(sequence, payload.Flaw(sequence));
    }

    private void CheckTurn(in Payload payload, long sequence)
    {
        if (AllowsGaps ? sequence < _next : sequence != _next)
            Flawed(sequence, $"it is the turn of {_next}");
        if (_isForbidden || !_runs)
            Flawed(sequence, "no handler may run any more");
        if (payload.Flaw(sequence) is { } flaw)
            Flawed(sequence, $"{payload}: {flaw}");
        else if (payload.Number != _numbers[payload.Producer]++)
            Flawed(sequence, $"{payload}: it is the turn of its event {_numbers[payload.Producer] - 1}");
    }

    private void Check(long sequence, string? flaw)
    {
        if (flaw is not null)
            Flawed(sequence, flaw);
    }

    private void Flawed(long sequence, string flaw) => round.Report($"stage {stage}, sequence {sequence}: {flaw}");
}
