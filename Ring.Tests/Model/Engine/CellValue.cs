using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ring.Tests.Model.Engine;

/// <summary>The content of a cell of any type that atomic operations know: its bits, or the object that it refers to.</summary>
internal readonly record struct CellValue(long Bits, object? Reference)
{
    public static CellValue From<T>(T value)
    {
        if (!typeof(T).IsValueType)
            return new CellValue(0, value);
        return new CellValue(
            Unsafe.SizeOf<T>() switch
            {
                1 => Unsafe.As<T, byte>(ref value),
                4 => Unsafe.As<T, int>(ref value),
                8 => Unsafe.As<T, long>(ref value),
                _ => throw new NotSupportedException($"Atomic access to {typeof(T)}."),
            },
            null);
    }

    public T To<T>()
    {
        if (!typeof(T).IsValueType)
        {
            object? reference = Reference;
            return Unsafe.As<object?, T>(ref reference);
        }

        long bits = Bits;
        return Unsafe.As<long, T>(ref bits);
    }

    public bool IsSame(CellValue other) => Bits == other.Bits && ReferenceEquals(Reference, other.Reference);

    public override string ToString() => Reference is null ? Bits.ToString(CultureInfo.InvariantCulture) : Reference.GetType().Name;
}
