using System.Diagnostics.CodeAnalysis;

namespace Ring.Tests.Stress;

/// <summary>An event of a stress run; a class and a struct implement it.</summary>
internal interface IStressEvent
{
    [UnscopedRef]
    ref Payload Payload { get; }
}
