using Ring.Tests.Model.Woven.Memory;

namespace Ring.Tests.Model.Woven;

/// <summary>What no code of Ring.Core may do, since the weaver could not show it to the checker; only ever woven, never run.</summary>
internal sealed class Escapes
{
    private static long _static;

    private readonly byte[] _bytes = new byte[1];

    private readonly long[] _numbers = new long[1];

    private readonly Cell[] _cells = new Cell[1];

    private Cell _cell = Cell.Of(1);

    private volatile int _volatile;

    private long _field;

    public int ReadsAVolatileField() => _volatile;

    public void WritesAVolatileField() => _volatile = 1;

    public static long ReadsAStaticField() => _static;

    public static void WritesAStaticField() => _static = 1;

    public static ref long TakesTheAddressOfAStaticField() => ref _static;

    public ref long TakesTheAddressOfAField() => ref _field;

    public byte ReadsAByteOfAnArray() => _bytes[0];

    public void WritesAByteOfAnArray() => _bytes[0] = 1;

    public long ReadsANumberOfAnArray() => _numbers[0];

    public ref long TakesTheAddressOfANumberOfAnArray() => ref _numbers[0];

    public Cell CopiesACell() => _cell;

    public Cell CopiesACellOfAnArray() => _cells[0];

    public static Cell CopiesACellFromAReference(ref Cell cell) => cell;

    public static void CopiesACellToAReference(ref Cell cell) => cell = Cell.Of(1);

    public static long ReadsAFieldOfAnotherInstantiation(Box<long> box) => box.Value;

    public static byte CopiesABlock()
    {
        Span<byte> bytes = stackalloc byte[] { 1, 2, 3, 4, 5, 6, 7, 8 };
        return bytes[0];
    }

    internal static void UsesATypeWithoutAStandIn() => new SemaphoreSlim(1).Wait();

    internal static void UsesAMemberWithoutAStandIn(ref long number) => Interlocked.Decrement(ref number);

    internal sealed class Box<T>(T value)
    {
        public T Value = value;
    }
}
