namespace Ring.Tests.Stress;

internal sealed class StressClassEvent : IStressEvent
{
    private Payload _payload;

    public ref Payload Payload => ref _payload;
}
