namespace Ring.Benchmarks.Micro;

public struct StructEvent : IValueEvent
{
    public long Value { get; set; }
}
