using Ring.Core;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SpanDrainTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FragileEncoder _encoder = new();
    private readonly Ledger _ledger = new();
    private readonly RingBuffer<SpanEvent> _ring = RingBuffer.CreateMultiProducer(() => new SpanEvent(), 64);
    private readonly TempFolder _folder = new();
    private readonly SpanSource _source = new();
    private readonly SpanDrain _drain;

    public SpanDrainTests()
    {
        RollingFile spans = NewFile(".jsonl");
        RollingFile statistics = NewFile(".stat.ndjson");
        LineWriter statisticLines = new(statistics, _clock);
        SpanLog log = new(filter: null, loadTests: null, _encoder, spans, new LineWriter(spans, _clock), OtlpLimits.LineTarget, _clock.UtcNow);
        _drain = new SpanDrain(
            [log], new StatisticLog("shop", new StatisticOptions(), statisticLines, _clock), statisticLines, statistics, _ledger,
            new DiscardedTraces(), redact: null, _clock);
        _ledger.Attach(_ring);
        _drain.Attach(_ring);
    }

    public void Dispose()
    {
        _drain.Complete();
        _source.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void A_span_that_cannot_be_encoded_is_counted_and_the_others_are_written()
    {
        Handle("good", endOfBatch: false);
        Handle("bad", endOfBatch: false);
        Handle("good", endOfBatch: true);

        TraceLogCounts counts = _ledger.Read(0);
        Assert.That((counts.Written, counts.EncodeFailed, counts.InFlight), Is.EqualTo((2L, 1L, 0L)));
    }

    [Test]
    public void A_block_that_cannot_be_completed_costs_its_spans_and_not_the_drain()
    {
        _encoder.FailsToComplete = true;
        Handle("good", endOfBatch: false);
        Handle("good", endOfBatch: true);
        _encoder.FailsToComplete = false;
        Handle("good", endOfBatch: true);

        TraceLogCounts counts = _ledger.Read(0);
        Assert.That((counts.Written, counts.EncodeFailed, counts.InFlight), Is.EqualTo((1L, 2L, 0L)));
    }

    [Test]
    public void A_slot_whose_capture_failed_is_counted()
    {
        SpanEvent empty = new();
        _drain.OnEvent(ref empty, _ring.Next(), endOfBatch: true);

        Assert.That(_ledger.Read(0).EncodeFailed, Is.EqualTo(1));
    }

    [Test]
    public void A_handled_slot_is_empty()
    {
        SpanEvent span = _source.Capture(activity => activity.AddTag("key", "value"));
        _drain.OnEvent(ref span, _ring.Next(), endOfBatch: true);

        Assert.That((span.IsCaptured, span.Tags.Count, span.Source), Is.EqualTo((false, 0, (object?)null)));
    }

    private void Handle(string name, bool endOfBatch)
    {
        SpanEvent span = _source.Capture(name: name);
        _drain.OnEvent(ref span, _ring.Next(), endOfBatch);
    }

    private RollingFile NewFile(string extension) =>
        new(new FileNaming(_folder.Root, "spans", extension), 1_000_000, DiskFileOpener.Instance, _clock);

    /// <summary>Cannot encode spans that are called bad.</summary>
    private sealed class FragileEncoder : SpanEncoder
    {
        private int _spans;

        public bool FailsToComplete { get; set; }

        public override int PendingBytes => _spans * 4;

        public override int PendingSpans => _spans;

        public override void Add(SpanEvent span)
        {
            if (string.Equals(span.Name, "bad", StringComparison.Ordinal))
                throw new InvalidOperationException("Not encodable.");

            _spans++;
        }

        public override void CompleteLines(Utf8Buffer output)
        {
            if (FailsToComplete)
                throw new InvalidOperationException("Not completable.");

            output.Append("{}\n"u8);
            _spans = 0;
        }

        public override void Abandon() => _spans = 0;
    }
}
