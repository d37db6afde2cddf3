namespace Ring.Tests.Support;

public sealed class ClassEvent : ITestEvent
{
    public long Value { get; set; }
}
