using System.Runtime.CompilerServices;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>A large event, which takes several stores to fill: one that is read or overwritten too early is seen to be.</summary>
internal struct ScenarioEvent
{
    public long Sequence;
    public int Producer;
    public long Number;
    public StageMarks Marks;
    public long Check;

    /// <summary>What each stage has written.</summary>
    [InlineArray(8)]
    public struct StageMarks
    {
        private long _first;
    }
}
