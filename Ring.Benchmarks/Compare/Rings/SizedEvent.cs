using System.Runtime.CompilerServices;
using Ring.Benchmarks.Events;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>An event with more than its number in it; what it carries is written with it.</summary>
internal struct SizedEvent<TLoad> : IValueEvent
    where TLoad : struct
{
    private long _value;
    private TLoad _load;

    public long Value
    {
        readonly get => _value;
        set
        {
            _value = value;
            Unsafe.InitBlockUnaligned(ref Unsafe.As<TLoad, byte>(ref _load), (byte)value, (uint)Unsafe.SizeOf<TLoad>());
        }
    }
}

[InlineArray(24)]
internal struct Load24
{
    private byte _first;
}

[InlineArray(56)]
internal struct Load56
{
    private byte _first;
}

[InlineArray(120)]
internal struct Load120
{
    private byte _first;
}

[InlineArray(248)]
internal struct Load248
{
    private byte _first;
}

[InlineArray(504)]
internal struct Load504
{
    private byte _first;
}
