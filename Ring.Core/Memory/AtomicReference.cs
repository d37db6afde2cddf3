using System.Runtime.CompilerServices;

namespace Ring.Core;

/// <summary>A reference cell without padding, for what is read often and replaced seldom (copy on write).</summary>
/// <remarks>
/// Every thread may use every method. A mutable struct: hold it in a field that is not readonly, and never copy it.
/// </remarks>
internal struct AtomicReference<TValue>
    where TValue : class?
{
    private TValue _value;

    public AtomicReference(TValue initial) => _value = initial;

    /// <summary>Nothing after it moves before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue ReadAcquire() => Volatile.Read(ref _value);

    /// <summary>Stores when the cell still holds <paramref name="expected"/>; a full fence when it does.</summary>
    public bool CompareExchange(TValue expected, TValue value) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _value, value, expected), expected);
}
