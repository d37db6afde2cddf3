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

    /// <summary>Iterations in a row that found nothing new.</summary>
    public int Fruitless { get; private set; }

    public void NoteRead(ModelThread thread, Location location, int message)
    {
        _reads[location] = message;
        _readsHash.Mix(location.Identity.NumberOf(thread));
        _readsHash.Mix(message);
    }

    public void NoteSideEffect() => _hasSideEffect = true;

    /// <summary>Ends an iteration.</summary>
    public void EndIteration()
    {
        bool isFruitless = !_hasSideEffect && _reads.Count > 0 && _readsHash == _beforeHash;
        Fruitless = isFruitless ? Fruitless + 1 : 0;
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
        hash.Mix(_beforeHash);
        hash.Mix(_readsHash);
    }
}
