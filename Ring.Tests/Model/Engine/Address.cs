using System.Runtime.CompilerServices;

namespace Ring.Tests.Model.Engine;

/// <summary>The address of a cell: what it is known by during one execution, see <see cref="Execution.IsDisturbed"/>.</summary>
internal static class Address
{
#pragma warning disable CS8500 // Only the number is used.
    public static unsafe nuint Of<T>(ref T cell) => (nuint)Unsafe.AsPointer(ref cell);
#pragma warning restore CS8500
}
