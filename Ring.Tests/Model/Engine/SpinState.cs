namespace Ring.Tests.Model.Engine;

/// <summary>
/// What a thread has read since its last spin hint: it need not run again before one of these locations has a newer message,
/// because stores become visible eventually and a look at the same messages finds the same.
/// </summary>
internal sealed class SpinState
{
    private Dictionary<Location, int> _reads = [];
    private Dictionary<Location, int> _before = [];
    private Hash128 _readsHash;
    private Hash128 _beforeHash;
    private bool _hasSideEffect;

    /// <summary>Iterations in a row that found nothing new and changed nothing.</summary>
    public int Fruitless { get; private set; }

    /// <summary>Iterations in a row that found nothing new, but stored something.</summary>
    public int Repeated { get; private set; }

    public void NoteRead(ModelThread thread, Location location, int message)
    {
        // The first counts, which is the oldest: another look would begin with a newer one.
        _reads.TryAdd(location, message);
        _readsHash.Mix(location.Identity.NumberOf(thread));
        // Its own stores, one in each iteration perhaps, are nothing new unless they store something new.
        Message read = location[message];
        _readsHash.Mix(read.Writer == thread.Id ? read.Value.Bits : message);
    }

    public void NoteSideEffect() => _hasSideEffect = true;

    /// <summary>Ends an iteration.</summary>
    public void EndIteration()
    {
        bool isSame = _before.Count > 0 && _readsHash == _beforeHash;
        Fruitless = isSame && !_hasSideEffect ? Fruitless + 1 : 0;
        Repeated = isSame && _hasSideEffect ? Repeated + 1 : 0;
        (_before, _reads) = (_reads, _before);
        _beforeHash = _readsHash;
        _reads.Clear();
        _readsHash = default;
        _hasSideEffect = false;
    }

    /// <summary>Whether one of the locations has a newer message than the last iteration has read.</summary>
    public bool HasNews()
    {
        if (_before.Count == 0)
            return true;
        foreach ((Location location, int message) in _before)
        {
            if (location.Count - 1 > message)
                return true;
        }

        return false;
    }

    public void MixInto(ref Hash128 hash)
    {
        hash.Mix((Fruitless * 2) + (_hasSideEffect ? 1 : 0));
        hash.Mix(Repeated);
        hash.Mix(_beforeHash);
        hash.Mix(_readsHash);
    }
}
