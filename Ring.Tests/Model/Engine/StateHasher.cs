namespace Ring.Tests.Model.Engine;

/// <summary>
/// Tells states of executions apart. Two executions with the same hash have the same futures: the same local states (a
/// program is deterministic, so a thread's is a function of what it has read), the same readable messages, views, clocks,
/// locks and race histories. What no living thread can read or race with any more is left out.
/// </summary>
internal static class StateHasher
{
    public static Hash128 Hash(Execution execution)
    {
        IReadOnlyList<Location> locations = execution.Memory.Locations;
        List<ModelThread> threads = execution.Scheduler.Threads;
        Span<int> oldest = stackalloc int[locations.Count];
        Span<int> known = stackalloc int[Limits.Threads];
        FindOldestReadable(threads, oldest);
        FindKnownToAll(threads, known);

        Hash128 state = default;
        foreach (Location location in locations)
            state.Add(HashLocation(location, locations, oldest, known));
        foreach (ModelThread thread in threads)
            state.Add(HashThread(thread, locations, oldest, known));
        foreach (LockState lockState in execution.Locks.All)
            state.Add(HashLock(lockState, locations, oldest, known));
        Hash128 fenceOrder = default;
        MixView(ref fenceOrder, execution.Memory.FenceOrder, locations, oldest);
        state.Add(fenceOrder);
        state.Mix(execution.Scheduler.EarlyTimeouts);
        state.Mix(execution.Scheduler.Now);
        return state;
    }

    private static void FindOldestReadable(List<ModelThread> threads, Span<int> oldest)
    {
        for (int i = 0; i < oldest.Length; i++)
        {
            int least = int.MaxValue;
            foreach (ModelThread thread in threads)
            {
                if (!thread.HasEnded)
                    least = Math.Min(least, thread.View[i]);
            }

            oldest[i] = least;
        }
    }

    private static void FindKnownToAll(List<ModelThread> threads, Span<int> known)
    {
        for (int i = 0; i < known.Length; i++)
        {
            int least = int.MaxValue;
            foreach (ModelThread thread in threads)
            {
                if (!thread.HasEnded)
                    least = Math.Min(least, thread.Clock[i]);
            }

            known[i] = least;
        }
    }

    private static Hash128 HashLocation(
        Location location,
        IReadOnlyList<Location> locations,
        ReadOnlySpan<int> oldest,
        ReadOnlySpan<int> known)
    {
        Hash128 hash = location.Identity.Hash;
        hash.Mix(location.Count == 0 ? 0 : 1);
        for (int i = oldest[location.Index]; i < location.Count; i++)
        {
            Message message = location[i];
            message.MixInto(ref hash);
            MixView(ref hash, message.View, locations, oldest);
            MixClock(ref hash, message.Clock, known);
        }

        location.Races.MixInto(ref hash, known);
        return hash;
    }

    private static Hash128 HashThread(
        ModelThread thread,
        IReadOnlyList<Location> locations,
        ReadOnlySpan<int> oldest,
        ReadOnlySpan<int> known)
    {
        Hash128 hash = thread.History;
        hash.Mix(thread.Id);
        hash.Mix(thread.Steps);
        hash.Mix((int)thread.Next + (thread.IsPulsed ? 32 : 0) + (thread.HasTimedOut ? 64 : 0));
        hash.Mix(thread.WakeAt ?? -1);
        MixView(ref hash, thread.View, locations, oldest);
        MixClock(ref hash, thread.Clock, known);
        thread.Spin.MixInto(ref hash);
        return hash;
    }

    private static Hash128 HashLock(
        LockState state,
        IReadOnlyList<Location> locations,
        ReadOnlySpan<int> oldest,
        ReadOnlySpan<int> known)
    {
        Hash128 hash = state.Identity.Hash;
        hash.Mix(state.Owner?.Id ?? -1);
        hash.Mix(state.Depth);
        hash.Mix(((long)state.LastOwner << 32) + state.ReleaseStep);
        foreach (ModelThread waiter in state.Waiters)
            hash.Mix(waiter.Id);
        MixView(ref hash, state.View, locations, oldest);
        MixClock(ref hash, state.Clock, known);
        return hash;
    }

    private static void MixView(ref Hash128 hash, View view, IReadOnlyList<Location> locations, ReadOnlySpan<int> oldest)
    {
        Hash128 sum = default;
        for (int i = 0; i < oldest.Length; i++)
        {
            int ahead = view[i] - oldest[i];
            if (ahead <= 0)
                continue;
            Hash128 entry = locations[i].Identity.Hash;
            entry.Mix(ahead);
            sum.Add(entry);
        }

        hash.Mix(sum);
    }

    private static void MixClock(ref Hash128 hash, VectorClock clock, ReadOnlySpan<int> known)
    {
        for (int i = 0; i < known.Length; i++)
            hash.Mix(clock[i] > known[i] ? clock[i] : 0);
    }
}
