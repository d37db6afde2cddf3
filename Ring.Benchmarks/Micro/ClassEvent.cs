namespace Ring.Benchmarks.Micro;

public sealed class ClassEvent : IValueEvent
{
    public long Value { get; set; }
}
