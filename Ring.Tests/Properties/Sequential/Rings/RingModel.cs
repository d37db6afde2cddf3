using System.Collections.Immutable;
using Ring.Core;

namespace Ring.Tests.Properties.Sequential;

/// <summary>A ring without slots and laps: what is claimed, what of it is not published, and how far its consumers are.</summary>
internal sealed record RingModel(ProducerType Type, int Size) : IModel
{
    public string Answer { get; private init; } = "";

    public long Claimed { get; init; } = Sequence.Initial;

    /// <summary>The position behind which the ring begins.</summary>
    public long Start { get; init; } = Sequence.Initial;

    /// <summary>Claimed and not published.</summary>
    public ImmutableSortedSet<long> Open { get; init; } = [];

    public ImmutableHashSet<long> Abandoned { get; init; } = [];

    public ImmutableList<ConsumerModel> Consumers { get; init; } = [];

    public bool IsClosed { get; init; }

    public string? CloseCause { get; init; }

    public IEnumerable<long> Gates => Consumers.Where(consumer => consumer.Gates).Select(consumer => consumer.Position);

    public long Cursor => Type is ProducerType.Single ? Published : Claimed;

    public long MinimumGatingSequence => Gates.Append(Cursor).Min();

    public long RemainingCapacity => Gates.Any() ? Size - Math.Min(Size, Claimed - Gates.Min()) : Size;

    /// <summary>The end of the unbroken row from the beginning on.</summary>
    private long Published => Open.IsEmpty ? Claimed : Open.Min - 1;

    public RingModel Answering(string answer) => this with { Answer = answer };

    public RingModel Publish(IEnumerable<long> sequences) => this with { Open = Open.Except(sequences) };

    public RingModel With(int consumer, Func<ConsumerModel, ConsumerModel> change) =>
        this with { Consumers = Consumers.SetItem(consumer, change(Consumers[consumer])) };

    public bool IsPublished(long sequence) => sequence > Start && sequence <= Claimed && !Open.Contains(sequence);

    public bool IsAvailable(long sequence) => IsPublished(sequence) && sequence > Claimed - Size;

    /// <summary>The end of the unbroken row from <paramref name="sequence"/> on.</summary>
    public long HighestFrom(long sequence)
    {
        long next = sequence;
        while (IsPublished(next))
            next++;
        return next - 1;
    }

    /// <summary>
    /// No consumer that gates holds one of the slots; nor does a claim of the lap before that another producer has open.
    /// </summary>
    public bool Fits(int n)
    {
        long wrapPoint = Claimed + n - Size;
        return !IsClosed && Gates.All(position => position >= wrapPoint) && (Open.IsEmpty || Open.Min > wrapPoint);
    }

    /// <summary>
    /// Whether it is for the producers to say that a claim fits: a single one must not lap its own claims, which nobody keeps it
    /// from where nobody gates.
    /// </summary>
    public bool CanAsk(int n) => n <= Size && (Type is ProducerType.Multi || Gates.Any() || Open.IsEmpty || Open.Min > Claimed + n - Size);

    /// <summary>Whether nobody has used it, so that it may begin elsewhere.</summary>
    public bool IsUnused => Claimed == Sequence.Initial && !Gates.Any();

    public RingModel Claim(int n) => this with
    {
        Claimed = Claimed + n,
        Open = Open.Union(Enumerable.Range(1, n).Select(i => Claimed + i)),
    };

    public override string ToString() =>
        $"claimed {Claimed}, open [{string.Join(' ', Open)}], at [{string.Join(' ', Consumers.Select(c => $"{c.Position}{(c.Gates ? "" : " gone")}"))}]";
}
