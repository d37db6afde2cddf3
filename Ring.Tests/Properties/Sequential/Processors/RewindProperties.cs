using FsCheck;
using FsCheck.Fluent;
using Ring.Core;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Batches whose handler asks for them again and again, until its strategy has enough.</summary>
[TestFixture]
public class RewindProperties
{
    /// <param name="Requests">For each event how often the handler asks for its batch again there.</param>
    /// <param name="MaxBatchSize">Of the processor.</param>
    /// <param name="MaxAttempts">Of the strategy.</param>
    private sealed record Case(int[] Requests, int MaxBatchSize, int MaxAttempts)
    {
        public override string ToString() => $"requests [{string.Join(' ', Requests)}], batches of {MaxBatchSize}, {MaxAttempts} attempts";
    }

    private static Arbitrary<Case> AnyCase => Arb.From(
        from requests in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 4))).ArrayOf()
        from batch in Gen.Choose(1, 6)
        from attempts in Gen.Choose(1, 4)
        where requests.Length > 0
        select new Case(requests, batch, attempts),
        given => ArbMap.Default.ArbFor<int[]>().Shrinker(given.Requests)
            .Where(fewer => fewer.Length > 0 && Array.TrueForAll(fewer, times => times >= 0))
            .Select(fewer => given with { Requests = fewer }));

    [Test]
    public void A_rewind_delivers_the_batch_again_from_its_first_event() =>
        PropertyChecker.Check(Prop.ForAll(AnyCase, IsDeliveredAsExpected), cases: 300);

    private static void IsDeliveredAsExpected(Case given) =>
        Require.Equal(string.Join(", ", Expected(given)), string.Join(", ", Delivered(given)), "what was delivered");

    private static List<string> Expected(Case given)
    {
        List<string> log = [];
        int[] left = [.. given.Requests];
        int first = 0, attempts = 0;
        while (first < left.Length)
        {
            int end = Math.Min(left.Length, first + given.MaxBatchSize) - 1;
            int stop = Enumerable.Range(first, end - first + 1).FirstOrDefault(i => left[i] > 0, end + 1);
            for (int i = first; i <= Math.Min(stop, end); i++)
                log.Add($"{i} behind {first - 1}");
            if (stop <= end)
                left[stop]--;
            bool isOver = stop > end || ++attempts == given.MaxAttempts;
            if (stop <= end && isOver)
                log.Add($"{stop} failed");
            if (isOver)
                (first, attempts) = (stop > end ? end + 1 : stop + 1, 0);
        }

        return log;
    }

    private static List<string> Delivered(Case given)
    {
        RingBuffer<ClassEvent> ring = RingBuffer.CreateSingleProducer(() => new ClassEvent(), 1 << 10);
        Handler handler = new([.. given.Requests]);
        BatchEventProcessor<ClassEvent> processor = new(ring, ring.NewBarrier(), handler) { MaxBatchSize = given.MaxBatchSize };
        handler.Processor = processor;
        processor.SetRewindStrategy(new EventuallyGiveUpBatchRewindStrategy(given.MaxAttempts));
        processor.SetExceptionHandler(handler);
        ring.PublishMany(given.Requests.Length);
        processor.Run();
        return handler.Log;
    }

    /// <summary>Halts its processor when it is done with the last event, well or badly.</summary>
    private sealed class Handler(int[] left) : IEventHandler<ClassEvent>, IFailurePolicy<ClassEvent>
    {
        private readonly FatalExceptionHandler<ClassEvent> _fatal = new();

        public BatchEventProcessor<ClassEvent>? Processor { get; set; }

        public List<string> Log { get; } = [];

        public void OnEvent(ref ClassEvent evt, long sequence, bool endOfBatch)
        {
            Log.Add($"{sequence} behind {Processor!.Sequence.Value}");
            if (left[sequence]-- > 0)
                throw new RewindableException();
            HaltAfter(sequence);
        }

        public FailureAction OnEventFailure(Exception exception, long sequence, int attempts, ref ClassEvent evt)
        {
            Log.Add($"{sequence} failed");
            HaltAfter(sequence);
            return FailureAction.Continue;
        }

        public void HandleEventException(Exception exception, long sequence, ref ClassEvent evt) => _fatal.HandleEventException(exception, sequence, ref evt);

        public void HandleOnBatchStartException(Exception exception, long sequence) => _fatal.HandleOnBatchStartException(exception, sequence);

        public void HandleOnTimeoutException(Exception exception, long sequence) => _fatal.HandleOnTimeoutException(exception, sequence);

        public void HandleOnStartException(Exception exception) => _fatal.HandleOnStartException(exception);

        public void HandleOnShutdownException(Exception exception) => _fatal.HandleOnShutdownException(exception);

        private void HaltAfter(long sequence)
        {
            if (sequence == left.Length - 1)
                Processor!.Halt();
        }
    }
}
