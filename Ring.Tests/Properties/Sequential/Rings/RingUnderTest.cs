using Ring.Core;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Sequential;

/// <summary>A ring, the claims of its producers, and consumers that go on when they are told.</summary>
internal sealed class RingUnderTest(ProducerType type, int size) : IUnderTest<RingModel>
{
    private readonly SortedSet<long> _open = [];
    private readonly List<(Sequence Sequence, SequenceBarrier Barrier)> _consumers = [];

    public RingBuffer<StructEvent> Ring { get; } = RingBuffer.Create(type, () => default(StructEvent), size);

    private SequenceBarrier Anyone => field ??= Ring.NewBarrier();

    public string TryNext(int n) => Ring.TryNext(n, out long hi) ? Took(n, hi) : "refused";

    public string Next(int n) => UnlessClosed(() => Took(n, Ring.Next(n)));

    public string NextInTime(int n) =>
        UnlessClosed(() => Ring.TryNext(n, TimeSpan.Zero, out long hi) ? Took(n, hi) : "refused");

    public string NextCancelled(int n)
    {
        try
        {
            return $"{Ring.Next(n, new CancellationToken(canceled: true))}";
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    public string Claim(long start)
    {
        try
        {
            Ring.Claim(start);
            return "";
        }
        catch (InvalidOperationException)
        {
            return "in use";
        }
    }

    public string NextOutOfRange(int n)
    {
        try
        {
            return $"{Ring.Next(n)}";
        }
        catch (ArgumentOutOfRangeException)
        {
            return "out of range";
        }
    }

    public string Publish(int index)
    {
        long sequence = _open.ElementAt(index);
        Fill(sequence, sequence);
        Ring.Publish(sequence);
        return "";
    }

    public string PublishRange(int index, int count)
    {
        long lo = _open.ElementAt(index);
        for (long sequence = lo; sequence < lo + count; sequence++)
            Fill(sequence, sequence);
        Ring.Publish(lo, lo + count - 1);
        return "";
    }

    /// <summary>As a single producer may: everything below is published with it.</summary>
    public string PublishLastOf(int count)
    {
        long last = _open.ElementAt(count - 1);
        foreach (long sequence in _open.Take(count).ToList())
            Fill(sequence, sequence);
        Ring.Publish(last);
        return "";
    }

    public string Abandon(int index, int count)
    {
        long lo = _open.ElementAt(index);
        _open.RemoveWhere(sequence => sequence >= lo && sequence < lo + count);
        Ring.Abandon(lo, lo + count - 1);
        return "";
    }

    public string PublishByScope(bool commits)
    {
        try
        {
            if (!Ring.TryPublishEvent(out PublishingScope<StructEvent> scope))
                return "refused";
            using (scope)
            {
                scope.Event.Value = commits ? scope.Sequence : Unfinished(scope.Sequence);
                if (commits)
                    scope.Commit();
            }

            return $"{scope.Sequence}";
        }
        catch (InvalidOperationException)
        {
            return "open";
        }
    }

    public string PublishByBatch(int n, bool commits)
    {
        try
        {
            if (!Ring.TryPublishEvents(n, out PublishingBatch<StructEvent> batch))
                return "refused";
            using (batch)
            {
                for (int i = 0; i < batch.Count; i++)
                    batch[i].Value = commits ? batch.FirstSequence + i : Unfinished(batch.FirstSequence + i);
                if (commits)
                    batch.Commit();
            }

            return $"{batch.LastSequence}";
        }
        catch (InvalidOperationException)
        {
            return "open";
        }
    }

    /// <param name="n">Events.</param>
    /// <param name="failing">The one whose translator throws; none when there are fewer.</param>
    public string PublishByTranslator(int n, int failing)
    {
        try
        {
            return Ring.TryPublishEvents((ref StructEvent e, long sequence, int i) => Translate(ref e, sequence, i == failing), [.. Enumerable.Range(0, n)])
                ? $"{n} published"
                : "refused";
        }
        catch (InvalidDataException)
        {
            return "failed";
        }
        catch (InvalidOperationException)
        {
            return "open";
        }
    }

    public string Join(int? behind)
    {
        Sequence sequence = new();
        _consumers.Add((sequence, behind is { } other ? Ring.NewBarrier(_consumers[other].Sequence) : Ring.NewBarrier()));
        Ring.AddGatingSequences(sequence);
        return $"{sequence.Value}";
    }

    public string Leave(int consumer) => $"{Ring.RemoveGatingSequence(_consumers[consumer].Sequence)}";

    public string Alert(int consumer, bool alerts)
    {
        if (alerts)
            _consumers[consumer].Barrier.Alert();
        else
            _consumers[consumer].Barrier.ClearAlert();
        return "";
    }

    /// <summary>Handles so many events at most.</summary>
    public string Advance(int consumer, int most)
    {
        (Sequence sequence, SequenceBarrier barrier) = _consumers[consumer];
        long next = sequence.Value + 1;
        if (!barrier.TryPoll(next, out WaitResult result))
            return "nothing";
        Require.Equal(result, barrier.WaitFor(next), "what a wait returns that need not wait");
        if (!result.IsAvailable)
            return $"{result}";
        long last = Math.Min(result.Sequence, sequence.Value + most);
        for (; next <= last; next++)
        {
            if (!Ring.IsAbandoned(next))
                Require.Equal(next, Ring[next].Value, $"the event {next} for consumer {consumer}");
        }

        sequence.Set(last);
        return $"{result}";
    }

    public void MustAgreeWith(RingModel model)
    {
        Require.Equal(model.Cursor, Ring.Cursor, "cursor");
        Require.Equal(model.MinimumGatingSequence, Ring.MinimumGatingSequence, "minimum gating sequence");
        Require.Equal(model.RemainingCapacity, Ring.RemainingCapacity, "remaining capacity");
        Require.Equal(model.IsClosed, Ring.IsClosed, "is closed");
        Require.Equal(model.CloseCause, Ring.CloseCause?.Message, "close cause");
        for (long sequence = model.Claimed - (2 * size); sequence <= model.Claimed + (2 * size); sequence++)
            Require.Equal(model.IsAvailable(sequence), Ring.IsAvailable(sequence), $"{sequence} is available");
        for (long sequence = Math.Max(model.Start + 1, model.Claimed - size + 1); sequence <= model.Claimed + 1; sequence++)
            MustAgreeWith(model, sequence);
    }

    /// <param name="model">The model.</param>
    /// <param name="sequence">The next one of somebody's, whose slot was not claimed again.</param>
    private void MustAgreeWith(RingModel model, long sequence)
    {
        long highest = Anyone.HighestAvailable(sequence);
        // Less than what was asked for is an answer: whatever it is, there is nothing.
        Require.Equal(model.HighestFrom(sequence), Math.Max(highest, sequence - 1), $"the highest from {sequence} on");
        Require.Equal(
            model.IsAvailable(sequence) ? model.HighestFrom(sequence) : sequence - 1,
            Ring.GetHighestPublishedSequence(sequence, long.MaxValue),
            $"the highest available from {sequence} on");
        if (model.IsAvailable(sequence))
            Require.Equal(model.Abandoned.Contains(sequence), Ring.IsAbandoned(sequence), $"{sequence} is abandoned");
    }

    private static string UnlessClosed(Func<string> claim)
    {
        try
        {
            return claim();
        }
        catch (RingClosedException closed)
        {
            return $"closed {closed.InnerException?.Message}";
        }
    }

    private static void Translate(ref StructEvent e, long sequence, bool fails)
    {
        // Given up is the whole batch, whose other events look finished: nobody must see them.
        e.Value = Unfinished(sequence);
        if (fails)
            throw new InvalidDataException();
        e.Value = sequence;
    }

    private string Took(int n, long hi)
    {
        for (long sequence = hi - n + 1; sequence <= hi; sequence++)
        {
            Ring[sequence].Value = Unfinished(sequence);
            _open.Add(sequence);
        }

        return $"{hi}";
    }

    private void Fill(long sequence, long value)
    {
        _open.Remove(sequence);
        Ring[sequence].Value = value;
    }

    /// <summary>What lies in a slot between its claim and its publication.</summary>
    private static long Unfinished(long sequence) => -2 - sequence;
}
