namespace Ring.Benchmarks.Micro;

/// <summary>What the benchmarks need of an event; a class and a struct have it.</summary>
public interface IValueEvent
{
    long Value { get; set; }
}
