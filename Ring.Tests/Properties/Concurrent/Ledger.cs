using System.Collections.Concurrent;

namespace Ring.Tests.Properties.Concurrent;

/// <summary>What became of each sequence, and what went wrong; for all threads.</summary>
internal sealed class Ledger(int total)
{
    private const int Claimed = 1;
    private const int GivenUp = 2;

    private readonly int[] _states = new int[total];
    private readonly ConcurrentQueue<string> _failures = new();

    public bool HasFailed => !_failures.IsEmpty;

    public IEnumerable<string> Failures => _failures.Take(5);

    /// <summary>How many of the sequences were claimed.</summary>
    public int ClaimedCount => _states.Count(state => state != 0);

    public void Fail(string what) => _failures.Enqueue(what);

    public void Claim(long sequence)
    {
        if (sequence < 0 || sequence >= _states.Length)
            Fail($"{sequence} is claimed of {_states.Length}");
        else if (Interlocked.CompareExchange(ref _states[sequence], Claimed, 0) != 0)
            Fail($"{sequence} is claimed twice");
    }

    /// <summary>To be told before the claim is given up.</summary>
    public void GiveUp(long sequence) => Volatile.Write(ref _states[sequence], GivenUp);

    public bool IsGivenUp(long sequence) => Volatile.Read(ref _states[sequence]) == GivenUp;
}
