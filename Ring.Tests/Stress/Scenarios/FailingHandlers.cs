using Ring.Core;
using Ring.Core.Dsl;

namespace Ring.Tests.Stress;

/// <summary>Handlers throw every so often; the processors are told to go on.</summary>
internal sealed class FailingHandlers() : Flow("failing handlers", 2, 1, 1)
{
    protected override void Disturb<T>(Round round, Disruptor<T> disruptor, Pipeline<T> pipeline)
    {
        Random random = round.NewRandom(pipeline.Producers.Length);
        disruptor.SetDefaultExceptionHandler(new Counting<T>(round));
        foreach (StageHandler<T> handler in pipeline.Handlers)
        {
            int period = random.Next(1, 8);
            handler.OnDeparture = sequence =>
            {
                if (sequence % period == 0)
                    throw new PlantedException(sequence);
            };
        }
    }

    /// <summary>The last batch may have ended by an exception.</summary>
    protected override void ExpectMore<T>(Round round, Pipeline<T> pipeline)
    {
    }

    /// <summary>Takes the planted exceptions, each with its event, and no others.</summary>
    private sealed class Counting<T>(Round round) : IExceptionHandler<T>
    {
        public void HandleEventException(Exception exception, long sequence, ref T evt) =>
            round.Expect(exception is PlantedException planted && planted.Sequence == sequence, $"{exception} is of {sequence}");

        public void HandleOnBatchStartException(Exception exception, long sequence) => round.Report(exception.ToString());

        public void HandleOnTimeoutException(Exception exception, long sequence) => round.Report(exception.ToString());

        public void HandleOnStartException(Exception exception) => round.Report(exception.ToString());

        public void HandleOnShutdownException(Exception exception) => round.Report(exception.ToString());
    }
}
