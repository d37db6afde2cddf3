using FsCheck;
using FsCheck.Fluent;
using Ring.Core;
using RingOperation = Ring.Tests.Properties.Sequential.ModelOperation<
    Ring.Tests.Properties.Sequential.RingUnderTest, Ring.Tests.Properties.Sequential.RingModel>;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Everything that one thread can do to a ring, each with what must come of it.</summary>
internal static class RingOperations
{
    private const int MostConsumers = 3;

    public static Gen<RingOperation> GenerateFor(RingModel model) =>
        from n in Gen.Choose(1, model.Size)
        from index in Gen.Choose(0, Math.Max(0, model.Open.Count - 1))
        from consumer in Gen.Choose(0, MostConsumers - 1)
        from flag in Gen.Elements(true, false)
        from operation in Gen.Frequency(
            (6, Gen.Constant(TryNext(n))),
            (4, Gen.Constant(Next(n))),
            (1, Gen.Elements(NextOutOfRange(0), NextOutOfRange(-n), NextOutOfRange(model.Size + n), NextOutOfRange(int.MaxValue))),
            (2, Gen.Constant(HasAvailableCapacity(n))),
            (6, Gen.Constant(Publish(index))),
            (6, Gen.Constant(PublishRange(index, n))),
            (2, Gen.Constant(PublishLastOf(n))),
            (2, Gen.Constant(Abandon(index, 1))),
            (2, Gen.Constant(Abandon(index, n))),
            (2, Gen.Constant(PublishByScope(flag))),
            (2, Gen.Constant(PublishByBatch(n, flag))),
            (2, Gen.Constant(PublishByTranslator(n, failing: flag ? n : index % n))),
            (2, Gen.Constant(NextInTime(n))),
            (1, Gen.Constant(NextCancelled(n))),
            (model.IsUnused ? 6 : 1, Gen.Elements(Claim(n), Claim((1L << 31) - n), Claim((model.Size * (1L << 31)) - n), Claim((model.Size * (1L << 32)) - n))),
            (2, Gen.Constant(Join(flag ? null : consumer))),
            (1, Gen.Constant(Leave(consumer))),
            (1, Gen.Constant(Alert(consumer, flag))),
            (8, Gen.Constant(Advance(consumer, n))),
            (1, Gen.Frequency((9, Gen.Constant(Nothing)), (1, Gen.Elements(Close(null), Close($"cause {n}"))))))
        select operation;

    private static RingOperation Nothing => new("nothing", model => model.Answering(""), _ => "");

    private static RingOperation TryNext(int n) => new(
        $"TryNext({n})",
        model => !model.CanAsk(n) ? null : model.Fits(n) ? Claimed(model, n) : model.Answering("refused"),
        ring => ring.TryNext(n));

    /// <remarks>One thread alone must not wait for ever.</remarks>
    private static RingOperation Next(int n) => new(
        $"Next({n})",
        model => !model.CanAsk(n) ? null
            : model.IsClosed ? model.Answering($"closed {model.CloseCause}")
            : model.Fits(n) ? Claimed(model, n) : null,
        ring => ring.Next(n));

    private static RingOperation NextInTime(int n) => new(
        $"TryNext({n}, no time)",
        model => !model.CanAsk(n) ? null
            : model.IsClosed ? model.Answering($"closed {model.CloseCause}")
            : model.Fits(n) ? Claimed(model, n) : model.Answering("refused"),
        ring => ring.NextInTime(n));

    private static RingOperation NextCancelled(int n) => new(
        $"Next({n}, cancelled)",
        model => model.Answering("cancelled"),
        ring => ring.NextCancelled(n));

    private static RingOperation Claim(long start) => new(
        $"Claim({start})",
        model => model.IsUnused && !model.IsClosed
            ? (model with { Claimed = start, Start = start }).Answering("")
            : model.Answering("in use"),
        ring => ring.Claim(start));

    private static RingOperation NextOutOfRange(int n) => new(
        $"Next({n})",
        model => (uint)(n - 1) < (uint)model.Size ? null : model.Answering("out of range"),
        ring => ring.NextOutOfRange(n));

    private static RingOperation HasAvailableCapacity(int n) => new(
        $"HasAvailableCapacity({n})",
        model => model.CanAsk(n) ? model.Answering($"{model.Fits(n)}") : null,
        ring => $"{ring.Ring.HasAvailableCapacity(n)}");

    private static RingOperation Publish(int index) => new(
        $"Publish(open {index})",
        model => MayEnd(model, index) ? model.Publish([model.Open[index]]).Answering("") : null,
        ring => ring.Publish(index));

    private static RingOperation PublishRange(int index, int count) => new(
        $"Publish(open {index} and {count - 1} more)",
        model => MayEnd(model, index) && Row(model, index, count) is { } row ? model.Publish(row).Answering("") : null,
        ring => ring.PublishRange(index, count));

    private static RingOperation PublishLastOf(int count) => new(
        $"Publish(open {count - 1} for all below)",
        model => model.Type is ProducerType.Single && count <= model.Open.Count
            ? model.Publish(model.Open.Take(count)).Answering("")
            : null,
        ring => ring.PublishLastOf(count));

    private static RingOperation Abandon(int index, int count) => new(
        $"Abandon(open {index} and {count - 1} more)",
        model => MayEnd(model, index) && Row(model, index, count) is { } row ? Abandoned(model, row).Answering("") : null,
        ring => ring.Abandon(index, count));

    private static RingOperation PublishByScope(bool commits) => new(
        $"a scope that is {(commits ? "committed" : "given up")}",
        model => PublishByScope(model, 1, commits),
        ring => ring.PublishByScope(commits));

    private static RingOperation PublishByBatch(int n, bool commits) => new(
        $"a batch of {n} that is {(commits ? "committed" : "given up")}",
        model => PublishByScope(model, n, commits),
        ring => ring.PublishByBatch(n, commits));

    private static RingOperation PublishByTranslator(int n, int failing) => new(
        $"a translator of {n} that {(failing < n ? $"throws for {failing}" : "fills all")}",
        model => PublishByScope(model, n, commits: failing >= n) is not { } after ? null
            : after.Claimed == model.Claimed ? after
            : after.Answering(failing < n ? "failed" : $"{n} published"),
        ring => ring.PublishByTranslator(n, failing));

    private static RingOperation Join(int? behind) => new(
        $"join behind {(behind is null ? "nobody" : $"{behind}")}",
        model => model.Consumers.Count == MostConsumers || behind >= model.Consumers.Count
            ? null
            : (model with { Consumers = model.Consumers.Add(new(model.Cursor, behind)) }).Answering($"{model.Cursor}"),
        ring => ring.Join(behind));

    private static RingOperation Leave(int consumer) => new(
        $"consumer {consumer} leaves",
        model => consumer < model.Consumers.Count
            ? model.With(consumer, leaver => leaver with { Gates = false }).Answering($"{model.Consumers[consumer].Gates}")
            : null,
        ring => ring.Leave(consumer));

    private static RingOperation Alert(int consumer, bool alerts) => new(
        $"{(alerts ? "alert" : "clear the alert of")} consumer {consumer}",
        model => consumer < model.Consumers.Count
            ? model.With(consumer, alerted => alerted with { IsAlerted = alerts }).Answering("")
            : null,
        ring => ring.Alert(consumer, alerts));

    private static RingOperation Advance(int consumer, int most) => new(
        $"consumer {consumer} handles {most} at most",
        model => consumer < model.Consumers.Count && model.Consumers[consumer].Gates ? Advance(model, consumer, most) : null,
        ring => ring.Advance(consumer, most));

    private static RingOperation Close(string? cause) => new(
        $"close for {cause ?? "no cause"}",
        model => (model with { IsClosed = true, CloseCause = model.CloseCause ?? cause }).Answering(""),
        ring =>
        {
            ring.Ring.Close(cause is null ? null : new InvalidDataException(cause));
            return "";
        });

    private static RingModel Claimed(RingModel model, int n) => model.Claim(n).Answering($"{model.Claimed + n}");

    private static RingModel Abandoned(RingModel model, IEnumerable<long> sequences) =>
        model.Publish(sequences) with { Abandoned = model.Abandoned.Union(sequences) };

    /// <summary>A single producer publishes in order.</summary>
    private static bool MayEnd(RingModel model, int index) =>
        index < model.Open.Count && (index == 0 || model.Type is ProducerType.Multi);

    /// <summary>So many open sequences without a hole; null when there are fewer.</summary>
    private static IEnumerable<long>? Row(RingModel model, int index, int count) =>
        index + count <= model.Open.Count && model.Open[index + count - 1] == model.Open[index] + count - 1
            ? model.Open.Skip(index).Take(count)
            : null;

    private static RingModel? PublishByScope(RingModel model, int n, bool commits)
    {
        if (model.Type is ProducerType.Single && !model.Open.IsEmpty)
            return model.Answering("open");
        if (!model.Fits(n))
            return model.Answering("refused");
        RingModel claimed = Claimed(model, n);
        IEnumerable<long> own = claimed.Open.Except(model.Open);
        return commits ? claimed.Publish(own) : Abandoned(claimed, own);
    }

    private static RingModel Advance(RingModel model, int consumer, int most)
    {
        (long position, int? behind) = model.Consumers[consumer];
        if (model.Consumers[consumer].IsAlerted)
            return model.Answering("alerted");
        long available = behind is { } other ? model.Consumers[other].Position : model.HighestFrom(position + 1);
        return available <= position
            ? model.Answering("nothing")
            : model.With(consumer, advanced => advanced with { Position = Math.Min(available, position + most) }).Answering($"{available}");
    }
}
