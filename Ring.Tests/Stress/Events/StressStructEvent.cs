using System.Diagnostics.CodeAnalysis;

namespace Ring.Tests.Stress;

/// <summary>Lies in the slots itself, with a reference for the garbage collector to find there.</summary>
internal struct StressStructEvent : IStressEvent
{
    private Payload _payload;

    [UnscopedRef]
    public ref Payload Payload => ref _payload;
}
