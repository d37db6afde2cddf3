using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>An event whose fields are plain for the machine, so that a race on a slot is found in both routes.</summary>
internal sealed class ModelEvent
{
    private long _value;
    private long _firstMark;
    private long _secondMark;

    /// <summary>Filled by the producer; each stage of a chain changes it.</summary>
    public long Value
    {
        get => Machine.PlainLoad(ref _value);
        set => Machine.PlainStore(ref _value, value);
    }

    /// <summary>Of parallel consumers each writes its own mark: also a consumer that only reads must be waited for.</summary>
    public void Mark(int consumer)
    {
        if (consumer == 0)
            Machine.PlainStore(ref _firstMark, 1);
        else
            Machine.PlainStore(ref _secondMark, 1);
    }

    /// <summary>What a producer does: touches all that the consumers touch.</summary>
    public void Fill(long value)
    {
        Value = value;
        Machine.PlainStore(ref _firstMark, 0);
        Machine.PlainStore(ref _secondMark, 0);
    }
}
