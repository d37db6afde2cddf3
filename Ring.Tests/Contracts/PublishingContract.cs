using Ring.Core;
using Ring.Tests.Support;

namespace Ring.Tests.Contracts;

/// <summary>Batches and translators, for each producer type and kind of event.</summary>
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Single, TypeArgs = new[] { typeof(StructEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(ClassEvent) })]
[TestFixture(ProducerType.Multi, TypeArgs = new[] { typeof(StructEvent) })]
public class PublishingContract<T>(ProducerType producerType)
    where T : ITestEvent, new()
{
    private const int Size = 4;

    private static readonly EventTranslator<T> FillWithSequence = static (ref T evt, long sequence) => evt.Value = sequence;

    private static readonly EventTranslator<T, int> FillWith = static (ref T evt, long _, int arg) => evt.Value = arg;

    private RingBuffer<T> _ring = null!;
    private Sequence _gating = null!;

    [SetUp]
    public void CreateRing()
    {
        _ring = RingBuffer.Create(producerType, () => new T(), Size);
        _gating = _ring.AddGatingSequence();
    }

    [Test]
    public void A_committed_batch_is_published_as_a_whole()
    {
        _ring.PublishNext(7);
        using (PublishingBatch<T> batch = _ring.PublishEvents(3))
        {
            Assert.That((batch.Count, batch.FirstSequence, batch.LastSequence), Is.EqualTo((3, 1L, 3L)));
            for (int i = 0; i < batch.Count; i++)
                batch[i].Value = 10 + i;
            Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.Zero);
            batch.Commit();
        }

        Assert.That(Published(), Is.EqualTo([7, 10, 11, 12]));
    }

    [Test]
    public void A_batch_that_ends_by_an_exception_is_given_up_as_a_whole_and_the_ring_goes_on()
    {
        Assert.Throws<InvalidDataException>(() =>
        {
            using PublishingBatch<T> batch = _ring.PublishEvents(3);
            batch[0].Value = 666;
            throw new InvalidDataException();
        });
        _ring.PublishNext(4);

        Assert.That(_ring.RemainingCapacity, Is.Zero, "what was given up keeps its slots until the consumers are past it");
        Assert.That(Published(), Is.EqualTo([4]));
    }

    [Test]
    public void A_batch_gives_access_to_its_events_and_no_others_until_it_is_over()
    {
        Assert.That(Index(-1), Is.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("index"));
        Assert.That(Index(2), Is.InstanceOf<ArgumentOutOfRangeException>().With.Property("ActualValue").EqualTo(2));
        Assert.That(Index(0, isOver: true), Is.InstanceOf<InvalidOperationException>());
        Assert.That(Index(1), Is.Null);

        Exception? Index(int index, bool isOver = false)
        {
            _gating.Set(_ring.Cursor);
            using PublishingBatch<T> batch = _ring.PublishEvents(2);
            if (isOver)
                batch.Commit();
            try
            {
                batch[index].Value = 1;
                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        }
    }

    [Test]
    public void A_batch_is_committed_once()
    {
        PublishingBatch<T> batch = _ring.PublishEvents(2);
        batch.Commit();
        try
        {
            batch.Commit();
            Assert.Fail("It was committed.");
        }
        catch (InvalidOperationException)
        {
            batch.Dispose();
        }

        Assert.That((_ring.IsAvailable(1), _ring.IsAbandoned(0)), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_batch_is_refused_when_there_is_too_little_room()
    {
        _ring.PublishMany(2);

        Assert.That(_ring.TryPublishEvents(3, out _), Is.False);
        Assert.That(_ring.TryPublishEvents(2, out PublishingBatch<T> batch), Is.True);
        batch.Commit();

        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(3));
    }

    [Test]
    public void A_translator_fills_the_event_that_is_published()
    {
        _ring.PublishEvent(FillWithSequence);
        _ring.PublishEvent(FillWith, 11);
        Assert.That(_ring.TryPublishEvent(FillWithSequence), Is.True);
        Assert.That(_ring.TryPublishEvent(FillWith, 13), Is.True);

        Assert.That(Published(), Is.EqualTo([0, 11, 2, 13]));
    }

    [Test]
    public void A_translator_fills_batches_event_by_event()
    {
        int[] args = [20, 21, 22, 23];

        _ring.PublishEvents(FillWithSequence, 2);
        _ring.PublishEvents(FillWith, args, 1, 2);
        Assert.That(Published(), Is.EqualTo([0, 1, 21, 22]));

        Assert.That(_ring.TryPublishEvents(FillWith, args), Is.True);
        Assert.That(Published(), Is.EqualTo([20, 21, 22, 23]));
        _ring.PublishEvents(FillWith, args[..1]);
        Assert.That(_ring.TryPublishEvents(FillWithSequence, 1), Is.True);
        Assert.That(_ring.TryPublishEvents(FillWith, args, 2, 2), Is.True);
        Assert.That(Published(), Is.EqualTo([20, 9, 22, 23]), "the ninth is filled with its own sequence");
    }

    [Test]
    public void A_translator_is_not_called_when_there_is_no_room()
    {
        _ring.PublishMany(Size);

        Assert.That(_ring.TryPublishEvent(Fail), Is.False);
        Assert.That(_ring.TryPublishEvent(FailWith, 1), Is.False);
        Assert.That(_ring.TryPublishEvents(Fail, 1), Is.False);
        Assert.That(_ring.TryPublishEvents(FailWith, [1]), Is.False);
    }

    [Test]
    public void What_a_translator_throws_reaches_the_caller_and_no_consumer_sees_its_events()
    {
        Action[] entries =
        [
            () => _ring.PublishEvent(Fail),
            () => _ring.PublishEvent(FailWith, 1),
            () => _ring.TryPublishEvent(Fail),
            () => _ring.TryPublishEvent(FailWith, 1),
            () => _ring.PublishEvents(Fail, 3),
            () => _ring.PublishEvents(FailWith, [1, 2, 3]),
            () => _ring.TryPublishEvents(Fail, 3),
            () => _ring.TryPublishEvents(FailWith, [1, 2, 3]),
        ];
        foreach (Action entry in entries)
        {
            Assert.That(entry, Throws.InstanceOf<InvalidDataException>());
            _ring.PublishNext(5);
            Assert.That(Published(), Is.EqualTo([5]));
        }
    }

    [Test]
    public void A_translator_that_throws_in_the_middle_gives_up_the_whole_batch()
    {
        Assert.Throws<InvalidDataException>(() => _ring.PublishEvents(
            static (ref T evt, long _, int arg) => evt.Value = arg < 3 ? arg : throw new InvalidDataException(),
            [1, 2, 3]));

        Assert.That(RingExtensions.Range(0, 4).Select(_ring.IsAbandoned), Is.EqualTo([true, true, true, false]));
        Assert.That(_ring.NewBarrier().HighestAvailable(0), Is.EqualTo(2));
    }

    [Test]
    public void Bad_arguments_of_a_translator_are_refused_and_nothing_is_claimed()
    {
        int[] args = [1, 2, 3];
        Assert.Multiple(() =>
        {
            Refuses<ArgumentNullException>("translator", () => _ring.PublishEvent(null!));
            Refuses<ArgumentNullException>("translator", () => _ring.PublishEvent(null!, 1));
            Refuses<ArgumentNullException>("translator", () => _ring.TryPublishEvent((EventTranslator<T>)null!));
            Refuses<ArgumentNullException>("translator", () => _ring.TryPublishEvent(null!, 1));
            Refuses<ArgumentNullException>("translator", () => _ring.PublishEvents((EventTranslator<T>)null!, 1));
            Refuses<ArgumentNullException>("translator", () => _ring.PublishEvents(null!, args));
            Refuses<ArgumentNullException>("args", () => _ring.PublishEvents(FillWith, null!));
            Refuses<ArgumentNullException>("args", () => _ring.TryPublishEvents(FillWith, null!, 0, 1));
            Refuses<ArgumentOutOfRangeException>("n", () => _ring.PublishEvents(FillWithSequence, 0));
            Refuses<ArgumentOutOfRangeException>("n", () => _ring.TryPublishEvents(FillWithSequence, Size + 1));
            Refuses<ArgumentOutOfRangeException>("args", () => _ring.PublishEvents(FillWith, []));
            Refuses<ArgumentOutOfRangeException>("args", () => _ring.TryPublishEvents(FillWith, new int[Size + 1]));
            Refuses<ArgumentOutOfRangeException>("offset", () => _ring.PublishEvents(FillWith, args, -1, 1));
            Refuses<ArgumentOutOfRangeException>("offset", () => _ring.TryPublishEvents(FillWith, args, 4, 1));
            Refuses<ArgumentOutOfRangeException>("count", () => _ring.PublishEvents(FillWith, args, 0, 0));
            Refuses<ArgumentOutOfRangeException>("count", () => _ring.PublishEvents(FillWith, args, 2, 2));
            Refuses<ArgumentOutOfRangeException>("count", () => _ring.PublishEvents(FillWith, args, 0, int.MaxValue));
            Refuses<ArgumentOutOfRangeException>("count", () => _ring.TryPublishEvents(FillWith, new int[9], 0, Size + 1));
        });
        Assert.That(_ring.PublishNext(), Is.Zero);

        static void Refuses<TException>(string parameter, Action entry)
            where TException : ArgumentException
            => Assert.That(entry, Throws.InstanceOf<TException>().With.Property("ParamName").EqualTo(parameter));
    }

    [Test]
    public void Nothing_is_allocated_by_batches_and_static_translators()
    {
        int[] args = [1, 2];

        Assert.That(Allocations.Of(() => PublishInAllWays(args)), Is.Zero);
    }

    private static void Fail(ref T evt, long sequence)
    {
        evt.Value = 666;
        throw new InvalidDataException();
    }

    private static void FailWith(ref T evt, long sequence, int arg) => Fail(ref evt, sequence);

    private void PublishInAllWays(int[] args)
    {
        for (int i = 0; i < 100; i++)
        {
            using (PublishingBatch<T> batch = _ring.PublishEvents(2))
                batch.Commit();
            _ring.PublishEvent(static (ref T evt, long sequence) => evt.Value = sequence);
            _ring.TryPublishEvent(static (ref T evt, long _, int arg) => evt.Value = arg, i);
            _gating.Set(_ring.Cursor);
            _ring.PublishEvents(static (ref T evt, long _, int arg) => evt.Value = arg, args);
            _ring.TryPublishEvents(static (ref T evt, long sequence) => evt.Value = sequence, 2);
            _gating.Set(_ring.Cursor);
        }
    }

    /// <summary>What a consumer would be given by now, since it was asked last.</summary>
    private List<long> Published()
    {
        long first = _gating.Value + 1;
        long last = _ring.NewBarrier().HighestAvailable(first);
        List<long> values = [];
        for (long sequence = first; sequence <= last; sequence++)
        {
            if (!_ring.IsAbandoned(sequence))
                values.Add(_ring[sequence].Value);
        }

        _gating.Set(last);
        return values;
    }
}
