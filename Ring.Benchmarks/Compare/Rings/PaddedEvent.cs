using System.Runtime.InteropServices;
using Ring.Benchmarks.Events;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>A number, alone on its cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct PaddedEvent64 : IValueEvent
{
    public long Value { get; set; }
}

/// <summary>A number, alone on a pair of cache lines, which some processors fetch together.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct PaddedEvent128 : IValueEvent
{
    public long Value { get; set; }
}
