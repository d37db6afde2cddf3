using Ring.Tests.Properties.Scenarios;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>Looks at the events that a consumer is given: each once, in order, complete, and each producer's in its order.</summary>
internal sealed class Reader(Ledger ledger, string who, int producers, long position)
{
    private readonly long[] _numbers = [.. Enumerable.Repeat(-1L, producers)];

    /// <summary>The last sequence that it was given, or that was given up.</summary>
    public long Position { get; private set; } = position;

    public void Read(in ScenarioEvent evt, long sequence)
    {
        PassTo(sequence - 1);
        if (sequence != Position + 1)
            ledger.Fail($"{who} is given {sequence} after {Position}");
        else if (ledger.IsGivenUp(sequence))
            ledger.Fail($"{who} is given {sequence}, which was given up");
        Position = sequence;
        if (evt.Sequence != sequence || evt.Check != Payload.Check(sequence, evt.Producer, evt.Number))
            ledger.Fail($"{who} is given at {sequence} what is of {evt.Sequence}, or half written");
        else if (evt.Number <= _numbers[evt.Producer])
            ledger.Fail($"{who} is given number {evt.Number} of producer {evt.Producer} after {_numbers[evt.Producer]}");
        else
            _numbers[evt.Producer] = evt.Number;
    }

    /// <summary>Goes on to a sequence if all before it were given up.</summary>
    public void PassTo(long sequence)
    {
        while (Position < sequence && ledger.IsGivenUp(Position + 1))
            Position++;
    }
}
