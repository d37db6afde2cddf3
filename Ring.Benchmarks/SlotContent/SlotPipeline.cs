using System.Diagnostics;
using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tracing;

namespace Ring.Benchmarks.SlotContent;

/// <summary>A ring to a file, with everything but the content of its slots the same in each variant.</summary>
internal abstract class SlotPipeline<TSlot> : ISlotPipeline, IEventHandler<TSlot>
    where TSlot : class
{
    private const int RingSize = 1024;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "slot-content-" + Guid.NewGuid().ToString("N"));
    private readonly OtlpEncoder _encoder = new([new("service.name", "benchmark")], new SpanLimitOptions(), redact: null);
    private readonly Utf8Buffer _block = new(2 * OtlpLimits.LineTarget);
    private readonly RollingFile _file;
    private readonly LineWriter _lines;
    private readonly Disruptor<TSlot> _disruptor;
    private readonly RingBuffer<TSlot> _ring;
    private long _handled = Sequence.Initial;

    protected SlotPipeline(Func<TSlot> create)
    {
        _file = new RollingFile(new FileNaming(_folder, "spans", ".jsonl"), long.MaxValue, DiskFileOpener.Instance, Clock.System);
        _lines = new LineWriter(_file, Clock.System);
        _disruptor = new Disruptor<TSlot>(
            create,
            RingSize,
            threadFactory: null,
            ProducerType.Multi,
            new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(500)));
        _disruptor.HandleEventsWith(this);
        _ring = _disruptor.Start();
    }

    public void Publish(Activity activity)
    {
        long sequence = _ring.Next();
        Fill(_ring[sequence], activity);
        _ring.Publish(sequence);
    }

    public void Drain()
    {
        SpinWait spinner = default;
        while (Volatile.Read(ref _handled) < _ring.Cursor)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    public void OnEvent(ref TSlot evt, long sequence, bool endOfBatch)
    {
        Encode(evt, _encoder);
        if (endOfBatch || _encoder.PendingBytes >= OtlpLimits.LineTarget)
            Write();

        if (endOfBatch)
            Volatile.Write(ref _handled, sequence);
    }

    public void Dispose()
    {
        _disruptor.Dispose();
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected abstract void Fill(TSlot slot, Activity activity);

    /// <summary>Encodes the span and lets go of it.</summary>
    protected abstract void Encode(TSlot slot, OtlpEncoder encoder);

    private void Write()
    {
        int spans = _encoder.PendingSpans;
        _encoder.CompleteLines(_block);
        _lines.Write(_block, spans);
        _block.Clear();
    }
}
