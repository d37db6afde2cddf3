namespace Ring.Tests.Model.Engine;

/// <summary>What happens before: for each thread, how far into its life everything is known to have happened.</summary>
/// <remarks>Finds races. Fences do not join clocks: they order, but they hand nothing over.</remarks>
internal sealed class VectorClock
{
    private readonly int[] _times = new int[Limits.Threads];

    public int this[int thread] => _times[thread];

    /// <summary>Begins a new epoch of a thread; what it does from now on is not known to those that synchronised before.</summary>
    public void Tick(int thread) => _times[thread]++;

    public bool Knows(int thread, int time) => _times[thread] >= time;

    public void Join(VectorClock other)
    {
        for (int i = 0; i < _times.Length; i++)
        {
            if (_times[i] < other._times[i])
                _times[i] = other._times[i];
        }
    }

    public void CopyFrom(VectorClock other) => other._times.CopyTo(_times, 0);

    public void Clear() => Array.Clear(_times);
}
