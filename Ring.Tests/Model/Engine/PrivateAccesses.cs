using System.Numerics;

namespace Ring.Tests.Model.Engine;

/// <summary>
/// Tells which accesses need no scheduling point, because nothing that another thread does could meet them: those to what only
/// one thread uses, and the loads of what nobody stores, while several threads run.
/// </summary>
/// <remarks>
/// Optimistic: an access is taken to be private until an execution shows two threads at one location, one of which stores.
/// Then the exploration begins anew, with the accesses of both known to be shared. This loses nothing: had an access been
/// passed by that a store of another thread could have come before, the exploration would have met that store behind it,
/// and would have begun anew. An access is known by the thread and by which of the locations that it has used atomically it is:
/// a name that is the same in every schedule. That another history gives the same name to another location makes too much
/// shared, never too little.
/// </remarks>
internal sealed class PrivateAccesses
{
    private readonly HashSet<(int Thread, int Turn)> _shared = [];
    private readonly List<(int Thread, int Turn)> _fresh = [];

    /// <summary>Whether this execution has shown that more is shared than was assumed.</summary>
    public bool HaveShrunk => _fresh.Count > 0;

    /// <summary>Whether the thread can go on without a scheduling point.</summary>
    /// <param name="thread">The thread that is about to load or store.</param>
    /// <param name="location">Where; null if nobody has touched it yet.</param>
    public bool Contain(ModelThread thread, Location? location)
    {
        int turn = location?.Turns[thread.Id] ?? 0;
        return !_shared.Contains((thread.Id, turn == 0 ? thread.Turns + 1 : turn));
    }

    /// <summary>Notes an access.</summary>
    /// <param name="thread">The thread that loads or stores.</param>
    /// <param name="location">Where.</param>
    /// <param name="stores">Whether it may store.</param>
    /// <param name="hasOthers">Whether other threads run.</param>
    public void Note(ModelThread thread, Location location, bool stores, bool hasOthers)
    {
        if (location.Turns[thread.Id] == 0)
            location.Turns[thread.Id] = ++thread.Turns;
        if (hasOthers)
            NoteConcurrent(thread, location, stores);
    }

    public void Accept() => _fresh.Clear();

    /// <summary>The execution does not count, and neither does what it has shown.</summary>
    public void Forget()
    {
        _shared.ExceptWith(_fresh);
        _fresh.Clear();
    }

    private void NoteConcurrent(ModelThread thread, Location location, bool stores)
    {
        location.Users |= 1 << thread.Id;
        location.HasConcurrentStore |= stores;
        if (!location.HasConcurrentStore || BitOperations.IsPow2(location.Users))
            return;
        for (int id = 0; id < Limits.Threads; id++)
        {
            (int, int) access = (id, location.Turns[id]);
            if ((location.Users & (1 << id)) != 0 && _shared.Add(access))
                _fresh.Add(access);
        }
    }
}
