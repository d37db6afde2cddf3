using Ring.Core;
using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A stage that is a pool: each event is given to one of its workers, and each worker's are in order.</summary>
internal sealed class StagePool(Scenario scenario, Ledger ledger, int stage) : Stage(scenario, ledger, stage)
{
    private readonly int[] _handled = new int[scenario.Total];

    public IWorkHandler<ScenarioEvent>[] CreateWorkers() =>
        [.. Enumerable.Range(0, Scenario.WorkersOfPool).Select(_ => new Worker(this))];

    public override long HandledUpTo(long last)
    {
        long next = 0;
        while (next <= last && (Volatile.Read(ref _handled[next]) == 1 || Ledger.IsGivenUp(next)))
            next++;
        return next - 1;
    }

    private void Handle(ref ScenarioEvent evt, long sequence)
    {
        if (Ledger.IsGivenUp(sequence) || Interlocked.Increment(ref _handled[sequence]) != 1)
            Ledger.Fail($"pool {Number} is given {sequence} again, or though it was given up");
        if (evt.Sequence != sequence || evt.Check != Payload.Check(sequence, evt.Producer, evt.Number))
            Ledger.Fail($"pool {Number} is given at {sequence} what is of {evt.Sequence}, or half written");
        Mark(ref evt, sequence);
        FailIfPlanned(sequence);
    }

    private sealed class Worker(StagePool pool) : IWorkHandler<ScenarioEvent>
    {
        private long _last = Sequence.Initial;

        public void OnEvent(ref ScenarioEvent evt, long sequence)
        {
            if (sequence <= _last)
                pool.Ledger.Fail($"a worker is given {sequence} after {_last}");
            _last = sequence;
            pool.Handle(ref evt, sequence);
        }
    }
}
