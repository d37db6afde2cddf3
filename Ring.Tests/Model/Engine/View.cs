namespace Ring.Tests.Model.Engine;

/// <summary>
/// How much of each location's history is known: for each location the index of the oldest message that may still be read.
/// </summary>
/// <remarks>Threads, messages, locks and the fences' common order have one each; to synchronise is to join them.</remarks>
internal sealed class View
{
    private int[] _oldest = new int[32];
    private int _count;

    public int this[int location] => location < _count ? _oldest[location] : 0;

    public void Raise(int location, int message)
    {
        Grow(location + 1);
        if (_oldest[location] < message)
            _oldest[location] = message;
    }

    public void Join(View other)
    {
        Grow(other._count);
        for (int i = 0; i < other._count; i++)
        {
            if (_oldest[i] < other._oldest[i])
                _oldest[i] = other._oldest[i];
        }
    }

    public void CopyFrom(View other)
    {
        Clear();
        Join(other);
    }

    public void Clear()
    {
        Array.Clear(_oldest, 0, _count);
        _count = 0;
    }

    private void Grow(int count)
    {
        if (count <= _count)
            return;
        if (count > _oldest.Length)
            Array.Resize(ref _oldest, Math.Max(count, 2 * _oldest.Length));
        _count = count;
    }
}
