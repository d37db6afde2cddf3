namespace Ring.Tests.Stress;

/// <summary>
/// What is in an event: three fields that follow from its sequence, its producer and its number, and a mark for each consumer
/// that has handled it. An event that is half written, of another lap, seen too early, seen twice or overwritten is flawed.
/// </summary>
internal struct Payload
{
    private const int GivenUp = -1;

    private long _a;
    private Token? _token;
    private StageMarks _marks;
    private long _b;
    private long _c;

    public int Producer { get; private set; }

    public long Number { get; private set; }

    /// <summary>What a producer and its number stand for in a checksum.</summary>
    public static long Checksum(int producer, long number) => Mix((number * 64) + producer);

    /// <summary>Writes one field after the other, as a producer of user code does.</summary>
    public void Fill(long sequence, int producer, long number)
    {
        _a = Mix(sequence);
        _token = new Token(producer, number);
        _marks = default;
        Producer = producer;
        Number = number;
        _b = Checksum(producer, number);
        _c = _a ^ _b;
    }

    /// <summary>Leaves half of an event behind, as a producer does that throws on its way.</summary>
    public void FillHalf(long sequence)
    {
        _a = Mix(sequence);
        _marks = default;
        Producer = GivenUp;
        Number = GivenUp;
    }

    /// <summary>Says that a consumer has handled the event.</summary>
    public void Mark(long sequence, int stage) => _marks[stage] = MarkOf(sequence, stage);

    /// <summary>Whether a consumer has handled the event.</summary>
    public readonly bool IsMarked(long sequence, int stage) => _marks[stage] == MarkOf(sequence, stage);

    /// <summary>What is wrong with a published event, or null.</summary>
    public readonly string? Flaw(long sequence)
    {
        if (Producer == GivenUp)
            return "it was given up";
        if (_a != Mix(sequence))
            return "A is of another sequence";
        if (_b != Checksum(Producer, Number))
            return "B is of another event";
        if (_c != (_a ^ _b))
            return "C is of another event";
        return _token is { } token && token.Producer == Producer && token.Number == Number ? null : $"it refers to {_token}";
    }

    /// <summary>What is wrong with the marks that a consumer finds, or null: those before it have set theirs, and it has not.</summary>
    public readonly string? FlawForStage(long sequence, int stage, int stagesBefore)
    {
        for (int before = 0; before < stagesBefore; before++)
        {
            if (!IsMarked(sequence, before))
                return $"stage {before} has not handled it yet";
        }

        return _marks[stage] == 0 ? null : "this stage has handled it before";
    }

    /// <summary>What is wrong with the event of the lap before in a slot that was claimed again, or null.</summary>
    public readonly string? FlawOfFreed(long sequence, int stages)
    {
        if (_a != (sequence < 0 ? 0 : Mix(sequence)))
            return "the slot held another event";
        for (int stage = 0; stage < stages && sequence >= 0; stage++)
        {
            if (IsMarked(sequence, stage) == (Producer == GivenUp))
                return Producer == GivenUp ? $"stage {stage} has handled what was given up" : $"stage {stage} has not handled it";
        }

        return null;
    }

    public override readonly string ToString() => $"event {Number} of producer {Producer}";

    private static long MarkOf(long sequence, int stage) => Mix(sequence) + stage;

    /// <summary>Never 0, and unlike its neighbours.</summary>
    private static long Mix(long value) => unchecked((value + 1) * 0x1E3779B97F4A7C15) | (1L << 40);
}
