namespace Ring.Benchmarks.Events;

public struct StructEvent : IValueEvent
{
    public long Value { get; set; }
}
