namespace Ring.Tests.Model.Engine;

/// <summary>One store in the history of a location: the value, and what its writer hands over to whoever acquires it.</summary>
internal sealed class Message
{
    /// <summary>Empty for a relaxed store and for the value that a location began with.</summary>
    public View View { get; } = new();

    public VectorClock Clock { get; } = new();

    public CellValue Value { get; private set; }

    public int Writer { get; private set; }

    /// <summary>The writer's step; with <see cref="Writer"/> a name for the message that does not depend on schedules.</summary>
    public int WriterStep { get; private set; }

    public void Reset(CellValue value, int writer, int writerStep)
    {
        Value = value;
        Writer = writer;
        WriterStep = writerStep;
        View.Clear();
        Clock.Clear();
    }

    /// <summary>
    /// Adds which message this is. The value is not enough: what was written plainly before it depends on who has written it.
    /// </summary>
    public void MixInto(ref Hash128 hash)
    {
        hash.Mix(Value.Bits);
        hash.Mix(((long)(Writer + 2) << 32) + WriterStep);
    }
}
