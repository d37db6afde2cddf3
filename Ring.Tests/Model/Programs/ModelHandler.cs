using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A handler that takes down what it sees; its own state is plain, for the machine to find races on it.</summary>
internal sealed class ModelHandler : IEventHandler<ModelEvent>, ILifecycleAware
{
    private int _runs;

    public List<long> Values { get; } = [];

    /// <summary>Done after each event.</summary>
    public Action<long> AfterEvent { get; init; } = _ => { };

    /// <summary>Done at the end of each run.</summary>
    public Action BeforeEnd { get; set; } = () => { };

    /// <summary>How many runs have ended; for whoever is sure that none is going on.</summary>
    public int Runs => Machine.PlainLoad(ref _runs);

    public void OnStart() => Machine.PlainLoad(ref _runs);

    public void OnEvent(ref ModelEvent evt, long sequence, bool endOfBatch)
    {
        Values.Add(evt.Value);
        evt.Mark(0);
        AfterEvent(sequence);
    }

    public void OnShutdown()
    {
        Machine.PlainStore(ref _runs, _runs + 1);
        BeforeEnd();
    }
}
