using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Properties;

/// <summary>What the producers have written at each sequence; the threads of the machine run one at a time.</summary>
internal sealed class Journal(int total)
{
    private const long GivenUp = -1;

    private readonly long[] _values = new long[total];

    public void Claim(long sequence, long value)
    {
        Machine.Require(sequence < _values.Length && _values[sequence] == 0, "a sequence is claimed once");
        _values[sequence] = value;
    }

    public void GiveUp(long sequence) => _values[sequence] = GivenUp;

    /// <summary>What a consumer at this position must be given next, one after the other.</summary>
    public IEnumerable<long> After(long position) => _values.Skip((int)position + 1).Where(value => value != GivenUp);
}
