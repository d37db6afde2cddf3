using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>A ring with producers and with consumers, level after level, and the accounts of all of them.</summary>
internal sealed class Pipeline<T> : IWatched
    where T : IStressEvent, new()
{
    private readonly Round _round;
    private readonly RingBuffer<T> _ring;
    private readonly List<Thread> _threads = [];

    /// <param name="round">Where findings go.</param>
    /// <param name="ring">The ring.</param>
    /// <param name="combination">How many producers there are.</param>
    /// <param name="levels">How many handlers are on each level; those of a level come after all of the levels before.</param>
    public Pipeline(Round round, RingBuffer<T> ring, Combination combination, params int[] levels)
    {
        _round = round;
        _ring = ring;
        Levels = NewHandlers(levels, combination.Producers);
        Handlers = [.. Levels.SelectMany(level => level)];
        Producers = [.. Enumerable.Range(0, combination.Producers)
            .Select(id => new StressProducer<T>(round, ring, combination.ProducerType, id, Handlers.Length))];
        round.Watch(this);
    }

    public StageHandler<T>[][] Levels { get; }

    public StageHandler<T>[] Handlers { get; }

    public StressProducer<T>[] Producers { get; }

    public long Published => Producers.Sum(producer => producer.Published);

    public long Abandoned => Producers.Sum(producer => producer.Abandoned);

    /// <summary>Added up without a check for overflow, as those of the handlers are.</summary>
    public long Checksum => Producers.Aggregate(0L, (sum, producer) => sum + producer.Checksum);

    public long Progress => Published + Handlers.Sum(handler => handler.Count);

    public void Wire(Disruptor<T> disruptor)
    {
        EventHandlerGroup<T> group = disruptor.HandleEventsWith(Levels[0]);
        foreach (StageHandler<T>[] level in Levels.Skip(1))
            group = group.Then(level);
    }

    public void StartProducers(bool untilClosed = false)
    {
        foreach (StressProducer<T> producer in Producers)
        {
            producer.GoesOnUntilClosed = untilClosed;
            _threads.Add(_round.Start(producer.Run));
        }
    }

    public void JoinProducers() => _threads.ForEach(thread => thread.Join());

    /// <summary>Every consumer has handled all that was published, and nothing else. All threads have ended.</summary>
    public void ExpectAllHandled()
    {
        _round.ExpectEqual(_ring.Cursor + 1, Published + Abandoned, "claims");
        for (int stage = 0; stage < Handlers.Length; stage++)
            ExpectAllHandledBy(Handlers[stage], stage);
    }

    /// <summary>Every consumer has handled the first events, and those before it at least as many. All threads have ended.</summary>
    public void ExpectPrefixHandled()
    {
        long before = Published;
        foreach (StageHandler<T>[] level in Levels)
        {
            _round.Expect(level.All(handler => handler.Count <= before), "no stage is ahead of those before it");
            before = level.Min(handler => handler.Count);
        }
    }

    public void ExpectAllHandledBy(StageHandler<T> handler, int stage)
    {
        _round.ExpectEqual(handler.Count, Published, $"events that stage {stage} has handled");
        _round.ExpectEqual(handler.Checksum, Checksum, $"checksum of stage {stage}");
        for (int id = 0; id < Producers.Length; id++)
            _round.ExpectEqual(handler.NumbersOf(id), Producers[id].Published, $"events of producer {id} at stage {stage}");
    }

    public string Describe() => $"""
        {_ring}, closed because of {_ring.CloseCause?.ToString() ?? "nothing"}
          published: {string.Join(", ", Producers.Select(producer => producer.Published))}
          producers' threads that run: {_threads.Count(thread => thread.IsAlive)}
          next sequences: {string.Join(", ", Handlers.Select(handler => handler.Next))}
        """;

    private StageHandler<T>[][] NewHandlers(int[] levels, int producers)
    {
        int stage = 0;
        return Array.ConvertAll(levels, count =>
        {
            int before = stage;
            return Enumerable.Range(0, count).Select(_ => new StageHandler<T>(_round, stage++, before, producers)).ToArray();
        });
    }
}
