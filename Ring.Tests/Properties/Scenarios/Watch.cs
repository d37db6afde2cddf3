using Ring.Core;

namespace Ring.Tests.Properties.Scenarios;

/// <summary>What one thread sees of positions that others move.</summary>
internal sealed class Watch(params Sequence[] sequences)
{
    private readonly long[] _seen = [.. sequences.Select(_ => Sequence.Initial)];

    /// <summary>Looks at all again: whether none stands before where it stood at an earlier look.</summary>
    public bool SeesNoneGoBack()
    {
        for (int i = 0; i < _seen.Length; i++)
        {
            long position = sequences[i].Value;
            // A worker that has nothing in hand has no position.
            if (position == Sequence.Nowhere)
                continue;
            if (position < _seen[i])
                return false;
            _seen[i] = position;
        }

        return true;
    }
}
