namespace Ring.Tests.Model.Engine;

/// <summary>
/// A name that is the same in every schedule, unlike an address or a number in order of appearance: for each thread that has
/// touched the thing, which one in the row of things that it has touched. States are compared by these names.
/// </summary>
internal sealed class Identity
{
    private readonly int[] _numbers = new int[Limits.Threads];
    private Hash128 _hash;

    public Hash128 Hash => _hash;

    /// <summary>What one thread calls it.</summary>
    public int NumberOf(ModelThread thread) => _numbers[thread.Id];

    public void Reset()
    {
        Array.Clear(_numbers);
        _hash = default;
    }

    public void Touch(ModelThread thread)
    {
        if (_numbers[thread.Id] != 0)
            return;
        _numbers[thread.Id] = ++thread.Touches;
        Hash128 touch = default;
        touch.Mix(thread.Id);
        touch.Mix(thread.Touches);
        _hash.Add(touch);
    }
}
