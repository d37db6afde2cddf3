namespace Ring.Tracing;

/// <summary>
/// A list that a slot owns for good: it grows to what spans really need, up to a limit, and keeps its array when it is emptied.
/// </summary>
/// <remarks>Not thread-safe: a slot has one owner at a time.</remarks>
internal sealed class BoundedList<T>
{
    private readonly int _limit;
    private T[] _items;

    public BoundedList(int capacity, int limit)
    {
        _items = capacity == 0 ? [] : new T[capacity];
        _limit = limit;
    }

    /// <summary>How many items are held, 0 to the limit.</summary>
    public int Count { get; private set; }

    /// <summary>How many items were refused because the list was at its limit.</summary>
    public int Dropped { get; private set; }

    public ref readonly T this[int index] => ref _items[index];

    public void Add(in T item)
    {
        if (Count == _items.Length && !TryGrow())
        {
            Dropped++;
            return;
        }

        _items[Count++] = item;
    }

    public void Replace(int index, in T item) => _items[index] = item;

    /// <summary>Takes an item out again, and counts it as dropped.</summary>
    public void DropAt(int index)
    {
        Array.Copy(_items, index + 1, _items, index, Count - index - 1);
        _items[--Count] = default!;
        Dropped++;
    }

    /// <summary>Empties the list, so that the slot keeps no object of the application alive.</summary>
    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
        Dropped = 0;
    }

    private bool TryGrow()
    {
        if (_items.Length == _limit)
            return false;

        Array.Resize(ref _items, Math.Min(_limit, Math.Max(4, _items.Length * 2)));
        return true;
    }
}
