using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>Counts and adds up what it gets, in the order in which it gets it.</summary>
internal sealed class PoolWorker : IWorkHandler<ClassEvent>, IWorkHandler<StructEvent>
{
    // Padded, and read by the thread that waits for the end.
    private readonly Sequence _count = new(0);
    private readonly Sequence _total = new(0);
    private long _last = -1;

    public long Count => _count.Value;

    public long Total => _total.Value;

    public bool IsOutOfOrder { get; private set; }

    public void OnEvent(ref ClassEvent evt, long sequence) => Take(evt.Value);

    public void OnEvent(ref StructEvent evt, long sequence) => Take(evt.Value);

    private void Take(long value)
    {
        if (value <= _last)
            IsOutOfOrder = true;

        _last = value;
        _total.Set(_total.Value + value);
        _count.Set(_count.Value + 1);
    }
}
