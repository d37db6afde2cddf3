using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>
/// Consumers come and go while events flow: each misses nothing from where it begins, and nothing that it has in hand is
/// overwritten; one that goes without having moved holds nobody up any more.
/// </summary>
internal sealed class JoinsAndLeaves : Scenario
{
    private const int Guests = 2;

    public override string Name => "joins and leaves";

    public override void Run<T>(Round round, Combination combination)
    {
        using Disruptor<T> disruptor = combination.NewDisruptor<T>(round);
        Pipeline<T> pipeline = new(round, disruptor.RingBuffer, combination, 1);
        pipeline.Wire(disruptor);
        disruptor.Start();
        Guest<T>[] guests = [.. Enumerable.Range(10, Guests).Select(id => new Guest<T>(round, disruptor.RingBuffer, id))];
        pipeline.StartProducers();
        pipeline.JoinProducers();
        Array.ForEach(guests, guest => guest.Stop());
        round.Expect(disruptor.Shutdown(), "a shutdown says that everything was handled");
        pipeline.ExpectAllHandled();
        round.CountCycle(pipeline.Published);
    }

    /// <summary>A thread that joins, reads a little, and leaves, again and again.</summary>
    private sealed class Guest<T>
        where T : IStressEvent, new()
    {
        private readonly Round _round;
        private readonly RingBuffer<T> _ring;
        private readonly Random _random;
        private readonly Thread _thread;
        private SequenceBarrier? _barrier;
        private volatile bool _isOver;

        public Guest(Round round, RingBuffer<T> ring, int id)
        {
            _round = round;
            _ring = ring;
            _random = round.NewRandom(id);
            _thread = round.Start(Run);
        }

        public void Stop()
        {
            _isOver = true;
            // Either the guest sees that it is over when it has come, or its barrier is seen here.
            Interlocked.MemoryBarrier();
            Volatile.Read(ref _barrier)?.Alert();
            _thread.Join();
        }

        private void Run()
        {
            while (!_isOver)
            {
                Sequence position = new();
                _ring.AddGatingSequences(position);
                Interlocked.Exchange(ref _barrier, _ring.NewBarrier());
                Stay(position, _barrier, _random.Next(4 * _ring.BufferSize));
                _round.Expect(_ring.RemoveGatingSequence(position), "a guest was there when it left");
                StayAway(_ring.Cursor);
            }
        }

        private void Stay(Sequence position, SequenceBarrier barrier, int events)
        {
            for (long first = position.Value + 1, next = first; next < first + events && !_isOver;)
            {
                WaitResult result = barrier.WaitFor(next);
                // A wait that only took its time is done again.
                if (!result.IsAvailable)
                    continue;
                Read(next, result.Sequence);
                next = result.Sequence + 1;
                position.Set(next - 1);
            }

            Thread.SpinWait(_random.Next(200));
        }

        /// <summary>To join wakes those who wait for room: they must be woken without that.</summary>
        private void StayAway(long cursor) => SpinWait.SpinUntil(() => _isOver || _ring.Cursor > cursor);

        private void Read(long first, long last)
        {
            for (long sequence = first; sequence <= last; sequence++)
                Check(sequence);
            Thread.SpinWait(_random.Next(200));
            // All of them again: nothing in hand may be overwritten.
            for (long sequence = first; sequence <= last; sequence++)
                Check(sequence);
        }

        private void Check(long sequence)
        {
            if (_ring[sequence].Payload.Flaw(sequence) is { } flaw)
                _round.Report($"a guest, sequence {sequence}: {flaw}");
        }
    }
}
