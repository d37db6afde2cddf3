using Ring.Core;

namespace Ring.Tests.Stress;

/// <summary>Publishes numbered events in all the ways that there are, and looks at each slot that it claims.</summary>
internal sealed class StressProducer<T>(Round round, RingBuffer<T> ring, ProducerType type, int id, int stages)
    where T : IStressEvent, new()
{
    private const int LargestClaim = 5;

    private readonly Random _random = round.NewRandom(id);
    private long _published;

    /// <summary>Events that are filled and not yet counted as published.</summary>
    private int _pending;

    /// <summary>Whether it goes on until the ring is closed, instead of until the round is over.</summary>
    public bool GoesOnUntilClosed { get; set; }

    /// <summary>Of 100 claims, so many are given up.</summary>
    public int Abandons { get; set; }

    /// <summary>How many were published; final when its thread has ended, as the rest.</summary>
    public long Published => Volatile.Read(ref _published);

    public long Abandoned { get; private set; }

    public long Checksum { get; private set; }

    public RingClosedException? Refusal { get; private set; }

    private int Largest => Math.Min(LargestClaim, ring.BufferSize);

    public void Run()
    {
        try
        {
            while (GoesOnUntilClosed || !round.IsOver)
                PublishSome();
        }
        catch (RingClosedException refusal) when (GoesOnUntilClosed)
        {
            Refusal = refusal;
        }
    }

    private void PublishSome()
    {
        bool wasClosed = ring.IsClosed;
        if (_random.Next(100) < Abandons)
            Abandon();
        else if (_random.Next(4) == 0)
            PublishScope();
        else
            PublishClaim(_random.Next(1, Largest + 1));
        if (wasClosed)
            throw new InvalidOperationException("A closed ring has taken a claim.");
        Dawdle();
    }

    private void PublishClaim(int n)
    {
        if (_random.Next(2) == 0 || !ring.TryNext(n, out long hi))
            hi = ring.Next(n);
        long lo = hi - n + 1;
        for (long sequence = lo; sequence <= hi; sequence++)
            Fill(ref ring[sequence].Payload, sequence);
        Publish(lo, hi);
        CountPublished();
    }

    private void Publish(long lo, long hi)
    {
        switch (_random.Next(3))
        {
            case 0:
                ring.Publish(lo, hi);
                break;
            case 1 when type == ProducerType.Multi:
                for (long sequence = hi; sequence >= lo; sequence--)
                    ring.Publish(sequence);
                break;
            default:
                for (long sequence = lo; sequence <= hi; sequence++)
                    ring.Publish(sequence);
                break;
        }
    }

    private void PublishScope()
    {
        if (!ring.TryPublishEvent(out PublishingScope<T> scope))
            scope = ring.PublishEvent();
        using (scope)
        {
            Fill(ref scope.Event.Payload, scope.Sequence);
            scope.Commit();
        }

        CountPublished();
    }

    private void Abandon()
    {
        using PublishingScope<T> scope = ring.PublishEvent();
        CheckFreed(in scope.Event.Payload, scope.Sequence);
        scope.Event.Payload.FillHalf(scope.Sequence);
        Abandoned++;
    }

    private void Fill(ref Payload payload, long sequence)
    {
        CheckFreed(in payload, sequence);
        long number = _published + _pending++;
        payload.Fill(sequence, id, number);
        Checksum += Payload.Checksum(id, number);
    }

    private void CheckFreed(in Payload payload, long sequence)
    {
        if (payload.FlawOfFreed(sequence - ring.BufferSize, stages) is { } flaw)
            round.Report($"producer {id} has claimed {sequence}, but of {sequence - ring.BufferSize}: {flaw}");
    }

    private void CountPublished()
    {
        Volatile.Write(ref _published, _published + _pending);
        _pending = 0;
    }

    /// <summary>Now and then, so that the consumers come to wait.</summary>
    private void Dawdle()
    {
        int chance = _random.Next(2048);
        if (chance == 0)
            Thread.Sleep(1);
        else if (chance < 32)
            Thread.Yield();
    }
}
