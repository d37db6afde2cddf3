using System.Runtime.CompilerServices;

namespace Ring.Tests.Stress;

/// <summary>A field for each consumer, which only that one writes.</summary>
[InlineArray(Count)]
internal struct StageMarks
{
    public const int Count = 4;

    private long _first;
}
