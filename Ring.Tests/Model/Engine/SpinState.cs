namespace Ring.Tests.Model.Engine;

/// <summary>
/// What a thread has done since its last spin hint. It need not run again before something has changed that it would meet: what
/// it has read, because stores become visible eventually and a look at the same messages finds the same; what it has stored or
/// guarded by a lock, when another thread has been there since; or the end of a thread that it has looked for.
/// </summary>
internal sealed class SpinState
{
    private Iteration _current = new();
    private Iteration _before = new();
    private Hash128 _readsHash;
    private Hash128 _beforeHash;
    private bool _hasSideEffect;
    private bool _isPause;

    /// <summary>Iterations in a row that found nothing new and changed nothing.</summary>
    public int Fruitless { get; private set; }

    /// <summary>Iterations in a row that found nothing new, but stored something.</summary>
    public int Repeated { get; private set; }

    public void NoteRead(ModelThread thread, Location location, int message)
    {
        // The first counts, which is the oldest: another look would begin with a newer one.
        _current.Reads.TryAdd(location, message);
        _readsHash.Mix(location.Identity.NumberOf(thread));
        // Its own stores, one in each iteration perhaps, are nothing new unless they store something new.
        Message read = location[message];
        bool isOwn = read.Writer == thread.Id;
        _readsHash.Mix(isOwn ? 1 : 0);
        _readsHash.Mix(isOwn ? read.Value.Bits : message);
    }

    public void NoteStore(Location location)
    {
        _current.Stores.Add(location);
        NoteSideEffect();
    }

    public void NoteRelease(LockState state)
    {
        _current.Locks.Add(state);
        NoteSideEffect();
    }

    /// <summary>A look whether a thread has ended.</summary>
    public void NoteLook(ModelThread other)
    {
        _readsHash.Mix(other.HasEnded ? 1 : 0);
        if (!other.HasEnded)
            _current.Awaited.Add(other);
    }

    public void NoteSideEffect() => _hasSideEffect = true;

    /// <summary>Ends an iteration, unless it has looked at nothing: a pause, which waits for nobody.</summary>
    public void EndIteration()
    {
        _isPause = _current.IsEmpty;
        if (_isPause)
            return;
        bool isSame = !_before.IsEmpty && _readsHash == _beforeHash;
        Fruitless = isSame && !_hasSideEffect ? Fruitless + 1 : 0;
        Repeated = isSame && _hasSideEffect ? Repeated + 1 : 0;
        (_before, _current) = (_current, _before);
        _beforeHash = _readsHash;
        _current.Clear();
        _readsHash = default;
        _hasSideEffect = false;
    }

    /// <summary>Whether another look finds something else than the last iteration has found.</summary>
    public bool HasNews() => _isPause || _before.HasNews();

    /// <summary>Whether it has found the same as often as is explored, although it could have found something new.</summary>
    public bool RepeatsInSpiteOfNews => HasRepeatedEnough && !_isPause && _before.HasNews();

    /// <summary>Whether another iteration would do something else than the last, though it may find the same.</summary>
    public bool WouldActAnew(ModelThread thread) => !HasRepeatedEnough && _before.WasFollowedByOther(thread);

    /// <summary>Whether that is not explored any more, but done where nobody else can go on.</summary>
    public bool IsHeldBack(ModelThread thread) => Repeated < Limits.HeldBackSpins && _before.WasFollowedByOther(thread);

    private bool HasRepeatedEnough => Repeated > Limits.RepeatedSpins;

    public void MixInto(ref Hash128 hash)
    {
        hash.Mix((Fruitless * 4) + (_hasSideEffect ? 1 : 0) + (_isPause ? 2 : 0));
        hash.Mix(Repeated);
        hash.Mix(_beforeHash);
        hash.Mix(_readsHash);
    }

    /// <summary>Whom and what an iteration has met.</summary>
    private sealed class Iteration
    {
        public Dictionary<Location, int> Reads { get; } = [];

        public List<Location> Stores { get; } = [];

        public List<LockState> Locks { get; } = [];

        public List<ModelThread> Awaited { get; } = [];

        /// <summary>Whether it has looked at nothing.</summary>
        public bool IsEmpty => Reads.Count == 0 && Locks.Count == 0 && Awaited.Count == 0;

        public bool HasNews()
        {
            foreach ((Location location, int message) in Reads)
            {
                if (location.Count - 1 > message)
                    return true;
            }

            foreach (ModelThread thread in Awaited)
            {
                if (thread.HasEnded)
                    return true;
            }

            return false;
        }

        /// <summary>Whether another thread has stored over what it stored, or was in a lock that it was in.</summary>
        public bool WasFollowedByOther(ModelThread thread)
        {
            foreach (Location location in Stores)
            {
                if (location.Newest.Writer != thread.Id)
                    return true;
            }

            foreach (LockState state in Locks)
            {
                if (state.LastOwner != thread.Id)
                    return true;
            }

            return false;
        }

        public void Clear()
        {
            Reads.Clear();
            Stores.Clear();
            Locks.Clear();
            Awaited.Clear();
        }
    }
}
