using Ring.Core;

namespace Ring.Tests.Stress;

/// <summary>Processors of a chain are halted at any moment and run again, and lose nothing.</summary>
internal sealed class Restarts : Scenario
{
    public override string Name => "restarts";

    public override void Run<T>(Round round, Combination combination)
    {
        RingBuffer<T> ring = combination.NewRing<T>(round);
        Pipeline<T> pipeline = new(round, ring, combination, 1, 1);
        BatchEventProcessor<T> first = new(ring, ring.NewBarrier(), pipeline.Handlers[0]);
        BatchEventProcessor<T> second = new(ring, ring.NewBarrier(first.Sequence), pipeline.Handlers[1]);
        ring.AddGatingSequences(second.Sequence);
        Restarting[] restarting = [new(round, first, 10), new(round, second, 11)];

        pipeline.StartProducers();
        pipeline.JoinProducers();
        Array.ForEach(restarting, one => one.StopAt(ring.Cursor));

        pipeline.ExpectAllHandled();
        round.ExpectNoThreads();
        round.CountCycles(restarting.Sum(one => one.Runs), pipeline.Published);
    }

    /// <summary>One thread runs a processor again and again, and another one halts it.</summary>
    private sealed class Restarting
    {
        private readonly IEventProcessor _processor;
        private readonly Random _random;
        private readonly Thread _runner;
        private readonly Thread _halter;
        private long _last = long.MaxValue;
        private long _runs;
        private volatile bool _isOver;

        public Restarting(Round round, IEventProcessor processor, int id)
        {
            _processor = processor;
            _random = round.NewRandom(id);
            _runner = round.Start(RunAgainAndAgain);
            _halter = round.Start(HaltAgainAndAgain);
        }

        /// <summary>How many runs have ended.</summary>
        public long Runs => Volatile.Read(ref _runs);

        /// <summary>Ends both threads once the processor has come to the last event.</summary>
        public void StopAt(long last)
        {
            Volatile.Write(ref _last, last);
            _halter.Join();
            _runner.Join();
        }

        private void RunAgainAndAgain()
        {
            while (!_isOver)
            {
                _processor.Run();
                Interlocked.Increment(ref _runs);
            }
        }

        private void HaltAgainAndAgain()
        {
            while (_processor.Sequence.Value < Volatile.Read(ref _last))
            {
                if (_random.Next(4) == 0)
                    Thread.Sleep(_random.Next(2));
                else
                    _random.Pause();
                HaltOnce();
            }

            _isOver = true;
            _processor.Halt();
        }

        /// <summary>One is enough, also between two runs: a stop is never lost.</summary>
        private void HaltOnce()
        {
            long before = Runs;
            _processor.Halt();
            SpinWait.SpinUntil(() => Runs > before);
        }
    }
}
