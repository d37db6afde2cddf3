using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Properties;

/// <summary>An event whose fields are plain for the machine; each stage has one to write.</summary>
internal sealed class ScenarioEvent(int stages)
{
    private readonly long[] _marks = new long[stages];
    private long _value;

    public long Value => Machine.PlainLoad(ref _value);

    public long GetMark(int stage) => Machine.PlainLoad(ref _marks[stage]);

    public void SetMark(int stage, long mark) => Machine.PlainStore(ref _marks[stage], mark);

    /// <summary>What a producer does: touches all that the consumers touch.</summary>
    public void Fill(long value)
    {
        Machine.PlainStore(ref _value, value);
        for (int stage = 0; stage < _marks.Length; stage++)
            SetMark(stage, 0);
    }
}
