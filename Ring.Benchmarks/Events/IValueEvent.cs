namespace Ring.Benchmarks.Events;

/// <summary>What the benchmarks need of an event; a class and a struct have it.</summary>
public interface IValueEvent
{
    long Value { get; set; }
}
