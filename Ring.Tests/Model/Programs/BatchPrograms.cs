using Ring.Core;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>Batches that end early, are given back in parts, or are handled again, against a producer in front of a full ring.</summary>
internal static class BatchPrograms
{
    public static IEnumerable<ModelProgram> Get() =>
        from strategy in (StrategyCase[])[StrategyCase.BusySpin, StrategyCase.Blocking]
        from type in Enum.GetValues<ProducerType>()
        from program in GetFor(strategy, type)
        select program;

    private static IEnumerable<ModelProgram> GetFor(StrategyCase strategy, ProducerType type)
    {
        yield return Create("batches of one", () => Run(strategy, type, new Handler(), [1, 2, 3], maxBatchSize: 1));
        yield return Create("a batch is given back in parts", () => Run(strategy, type, new Handler { GivesBack = true }, [1, 2, 3]));
        yield return Create("a batch is rewound", () => Run(strategy, type, new Handler { Rewinds = true }, [1, 2, 1, 2, 3]));
        yield return Create(
            "a batch is given back in parts and rewound",
            () => Run(strategy, type, new Handler { GivesBack = true, Rewinds = true }, [1, 2, 2, 3]));
        if (strategy == StrategyCase.BusySpin)
            yield return Create("an event is given back and fails, and the position is watched", () => Watch(strategy, type), Cost.Large);

        ModelProgram Create(string name, Action body, Cost cost = Cost.Small) =>
            new($"{type} {strategy.Name}: {name}", body, strategy.Options, cost);
    }

    /// <summary>Whoever looks sees the position move on, and never back to the event before the one that failed.</summary>
    private static void Watch(StrategyCase strategy, ProducerType type)
    {
        ModelThread? watcher = null;
        Run(strategy, type, new Handler { GivesBack = true, Fails = true }, [1, 2, 3], processor =>
        {
            processor.SetExceptionHandler(new IgnoreExceptionHandler<ModelEvent>());
            watcher = Machine.Start(() => LookTwice(processor.Sequence), "watcher");
        });
        Machine.Join(watcher!);
    }

    private static void LookTwice(Sequence position)
    {
        long before = position.Value;
        Machine.Require(position.Value >= before, "the position of a processor never goes back");
    }

    private static void Run(
        StrategyCase strategy,
        ProducerType type,
        Handler handler,
        long[] expected,
        Action<BatchEventProcessor<ModelEvent>>? beforeRun = null,
        int maxBatchSize = int.MaxValue)
    {
        RingBuffer<ModelEvent> ring = RingBuffer.Create(type, () => new ModelEvent(), 2, strategy.Create());
        BatchEventProcessor<ModelEvent> processor = new(ring, ring.NewBarrier(), handler) { MaxBatchSize = maxBatchSize };
        processor.SetRewindStrategy(new SimpleBatchRewindStrategy());
        ring.AddGatingSequences(processor.Sequence);
        handler.AfterLast = processor.Halt;
        Publish(ring, 1);
        Publish(ring, 2);
        beforeRun?.Invoke(processor);
        ModelThread thread = Machine.Start(processor.Run, "processor");
        Publish(ring, 3);
        Machine.Join(thread);
        Machine.Require(handler.Values.SequenceEqual(expected), "each event as often as asked for");
    }

    private static void Publish(RingBuffer<ModelEvent> ring, long value)
    {
        long sequence = ring.Next();
        ring[sequence].Fill(value);
        ring.Publish(sequence);
    }

    private sealed class Handler : ISequenceReportingEventHandler<ModelEvent>
    {
        private Sequence? _sequence;
        private bool _rewound;

        public bool GivesBack { get; init; }

        /// <summary>Once, at the second event.</summary>
        public bool Rewinds { get; init; }

        /// <summary>At the second event, which it has given back if it does that.</summary>
        public bool Fails { get; init; }

        public Action AfterLast { get; set; } = () => { };

        public List<long> Values { get; } = [];

        public void SetSequenceCallback(Sequence sequence) => _sequence = sequence;

        public void OnEvent(ref ModelEvent evt, long sequence, bool endOfBatch)
        {
            Values.Add(evt.Value);
            if (Rewinds && sequence == 1 && !_rewound)
            {
                _rewound = true;
                throw new RewindableException();
            }

            if (sequence == 2)
                AfterLast();
            if (GivesBack)
                _sequence!.Set(sequence);
            if (Fails && sequence == 1)
                throw new PlantedException();
        }
    }
}
