using Ring.Core;

namespace Ring.Tests.Stress;

/// <summary>A pool of workers that together are one stage, and the accounts of all of them.</summary>
internal sealed class PoolStage<T>
    where T : IStressEvent, new()
{
    private const int Workers = 2;

    private readonly Round _round;
    private readonly int _stage;
    private readonly int _stagesBefore;
    private readonly Random _random;
    private long _count;
    private long _checksum;

    public PoolStage(Round round, RingBuffer<T> ring, Sequence[] dependencies, int stage, int stagesBefore)
    {
        _round = round;
        _stage = stage;
        _stagesBefore = stagesBefore;
        _random = round.NewRandom(stage);
        IWorkHandler<T>[] workers = [.. Enumerable.Range(0, Workers).Select(_ => new Worker(this))];
        Pool = new WorkerPool<T>(ring, dependencies, new FatalExceptionHandler<T>(), workers);
    }

    public WorkerPool<T> Pool { get; }

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Added up without a check for overflow, as those of the producers are.</summary>
    public long Checksum => Interlocked.Read(ref _checksum);

    public void Start() => Pool.Start(_round.NewThread);

    /// <summary>Ends the run in one way or the other, at any moment, and begins another.</summary>
    public void Restart()
    {
        _random.Pause();
        if (_random.Next(4) == 0)
            _round.Expect(Pool.DrainAndHalt(), "a drain says that everything was handled");
        Pool.Halt();
        SpinWait.SpinUntil(() => !Pool.IsRunning);
        Start();
    }

    public void DrainAndHalt() => _round.Expect(Pool.DrainAndHalt(), $"stage {_stage} says that everything was handled");

    private void Handle(ref Payload payload, long sequence)
    {
        Check(sequence, payload.Flaw(sequence));
        Check(sequence, payload.FlawForStage(sequence, _stage, _stagesBefore));
        payload.Mark(sequence, _stage);
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _checksum, Payload.Checksum(payload.Producer, payload.Number));
        // Again: nobody may have written into it meanwhile.
        Check(sequence, payload.Flaw(sequence));
    }

    private void Check(long sequence, string? flaw)
    {
        if (flaw is not null)
            _round.Report($"stage {_stage}, sequence {sequence}: {flaw}");
    }

    private sealed class Worker(PoolStage<T> stage) : IWorkHandler<T>
    {
        private long _last = Sequence.Initial;

        public void OnEvent(ref T evt, long sequence)
        {
            stage.Check(sequence, sequence > _last ? null : $"it comes after {_last}");
            _last = sequence;
            stage.Handle(ref evt.Payload, sequence);
        }
    }
}
