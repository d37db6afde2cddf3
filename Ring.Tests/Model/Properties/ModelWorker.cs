using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Properties;

/// <summary>One worker of a stage that is a pool.</summary>
internal sealed class ModelWorker(ModelStage stage) : IWorkHandler<ScenarioEvent>
{
    private long _last = Sequence.Initial;

    public void OnEvent(ref ScenarioEvent evt, long sequence)
    {
        Machine.Require(sequence > _last, "a worker is given its events in order");
        _last = sequence;
        stage.OnEvent(ref evt, sequence);
    }
}
