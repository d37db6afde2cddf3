namespace Ring.Benchmarks.Events;

public sealed class ClassEvent : IValueEvent
{
    public long Value { get; set; }
}
