namespace Ring.Tests.Support;

public struct StructEvent : ITestEvent
{
    public long Value { get; set; }
}
