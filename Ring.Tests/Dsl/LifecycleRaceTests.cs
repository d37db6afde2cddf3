using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tests.Support;

namespace Ring.Tests.Dsl;

/// <summary>Starts, halts and shutdowns at any moment, beside a producer: nothing is lost, doubled or left hanging.</summary>
[TestFixture]
public class LifecycleRaceTests
{
    private static readonly WaitStrategyKind[] Strategies = Enum.GetValues<WaitStrategyKind>();

    [Test]
    public void An_end_at_any_moment_leaves_each_handler_with_the_first_events_in_order() => Race(rounds: 200);

    [Test, Explicit("Takes long")]
    public void An_end_at_any_of_ten_thousand_moments_leaves_each_handler_with_the_first_events_in_order() => Race(rounds: 10_000);

    private static void Race(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            WaitStrategyKind strategy = Strategies[round % Strategies.Length];
            ProducerType type = (round & 1) == 0 ? ProducerType.Single : ProducerType.Multi;
            using Round race = new(strategy, type);
            race.Run(end: round % 4, delay: 3 * (round % 97));
        }
    }

    /// <summary>Two stages, and a producer that goes on until it is refused.</summary>
    private sealed class Round : IDisposable
    {
        private const int Events = 20;

        private readonly RecordingHandler<ClassEvent> _first = new();
        private readonly RecordingHandler<ClassEvent> _second = new();
        private readonly Disruptor<ClassEvent> _disruptor;
        private readonly string _name;
        private long _published = -1;

        public Round(WaitStrategyKind strategy, ProducerType type)
        {
            _name = $"{type}, {strategy}";
            _disruptor = new Disruptor<ClassEvent>(() => new ClassEvent(), 4, null, type, strategy.Create());
            _disruptor.HandleEventsWith(_first).Then(_second);
        }

        public void Run(int end, int delay)
        {
            Background producer = Background.Run(PublishUntilRefused);
            Background ender = Background.Run(() =>
            {
                Thread.SpinWait(delay);
                MustHandleAllIf(End(end));
            });
            // Half of them end before or while they start.
            Start();
            ender.Join();
            producer.Join();
            _disruptor.Dispose();
            MustHaveHandledTheFirst();
        }

        public void Dispose() => _disruptor.Dispose();

        private void Start()
        {
            try
            {
                _disruptor.Start();
            }
            catch (InvalidOperationException)
            {
                // Halted before it was started: it never runs.
            }
        }

        /// <summary>Whether that says that everything was handled.</summary>
        private bool End(int how)
        {
            switch (how)
            {
                case 0:
                    _disruptor.Halt();
                    return false;
                case 1:
                    return _disruptor.Shutdown();
                case 2:
                    Task<long> shutdown = _disruptor.ShutdownAsync(Timeout.InfiniteTimeSpan);
                    Assert.That(shutdown.Wait(Eventually.Deadline), Is.True, _name);
                    return shutdown.Result == 0;
                default:
                    _disruptor.RingBuffer.Close();
                    return false;
            }
        }

        private void MustHandleAllIf(bool isSaid)
        {
            if (isSaid)
                Assert.That((_first.Count, _second.Count), Is.EqualTo(((int)_disruptor.Cursor + 1, (int)_disruptor.Cursor + 1)), _name);
        }

        private void PublishUntilRefused()
        {
            try
            {
                while (_published < Events)
                    _published = _disruptor.RingBuffer.PublishNext();
            }
            catch (RingClosedException)
            {
                // The end that the round is about.
            }
        }

        private void MustHaveHandledTheFirst()
        {
            Assert.That(_first.Sequences, Is.EqualTo(RingExtensions.Range(0, _first.Count)), _name);
            Assert.That(_second.Sequences, Is.EqualTo(RingExtensions.Range(0, _second.Count)), _name);
            Assert.That(_second.Count, Is.LessThanOrEqualTo(_first.Count), _name);
            Assert.That(_first.Count, Is.LessThanOrEqualTo(_published + 1), _name);
            Assert.That((_first.Starts, _second.Starts), Is.EqualTo((_first.Shutdowns, _second.Shutdowns)), _name);
        }
    }
}
