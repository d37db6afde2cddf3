namespace Ring.Tests.Support;

/// <summary>What the contract suites need of an event; implemented by a class and by a struct.</summary>
public interface ITestEvent
{
    long Value { get; set; }
}
