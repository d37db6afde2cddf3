using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A worker that takes down what it is given, and marks each event as handled once.</summary>
internal sealed class ModelWorker : IWorkHandler<ModelEvent>, IEventReleaseAware, ILifecycleAware
{
    private int _runs;

    /// <summary>What a worker adds to the value of an event.</summary>
    public const int Step = 1000;

    /// <summary>As the producer wrote them.</summary>
    public List<long> Values { get; } = [];

    /// <summary>Done with each event in hand, after it was marked.</summary>
    public Action<long> AfterEvent { get; init; } = _ => { };

    public IEventReleaser Releaser { get; private set; } = null!;

    public void SetEventReleaser(IEventReleaser releaser) => Releaser = releaser;

    /// <summary>The handler's own state, which is plain for the machine, is handed from run to run.</summary>
    public void OnStart() => Machine.PlainStore(ref _runs, _runs + 1);

    public void OnShutdown() => Machine.PlainLoad(ref _runs);

    public void OnEvent(ref ModelEvent evt, long sequence)
    {
        Machine.Require(evt.Value == sequence + 1, "an event is handled when it is published, and by one worker");
        Values.Add(evt.Value);
        evt.Value += Step;
        AfterEvent(sequence);
    }
}
