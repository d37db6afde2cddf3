namespace Ring.Tests.Model.Engine;

/// <summary>
/// The memory model: locations with histories, threads with views of them.
/// </summary>
/// <remarks>
/// <para>
/// A store appends a message to its location's history. A load may read every message from the one that the thread's view
/// says to the newest: that is what a stale cache, a store buffer or a reordered load look like. A release store puts the
/// writer's view into the message, an acquire load joins it into the reader's. A full fence joins the thread's view and one
/// common view both ways.
/// </para>
/// <para>
/// This allows all that acquire loads, release stores and full fences allow on x64 and ARM64, and a little more: threads may
/// disagree about the order of independent stores (IRIW). It does not let a load see a store that comes later (load
/// buffering), which needs racy plain accesses; the race detection makes sure that there are none.
/// </para>
/// </remarks>
internal sealed class Memory(Execution execution, Mutant mutant)
{
    private readonly Dictionary<nuint, Location> _byAddress = [];
    private readonly List<Location> _locations = [];
    private readonly List<Location> _pool = [];
    private readonly List<int> _ages = [];

    public Mutant Mutant => mutant;

    public IReadOnlyList<Location> Locations => _locations;

    /// <summary>What all threads that fence agree on.</summary>
    public View FenceOrder { get; } = new();

    public void Reset()
    {
        _byAddress.Clear();
        _locations.Clear();
        FenceOrder.Clear();
    }

    public T Load<T>(ModelThread thread, ref T cell)
    {
        bool acquires = !mutant.Weakens(thread, WeakeningKind.RelaxedLoad);
        thread.Site = null;
        return Load(thread, ref cell, acquires);
    }

    public void Store<T>(ModelThread thread, ref T cell, T value)
    {
        bool releases = !mutant.Weakens(thread, WeakeningKind.RelaxedStore);
        thread.Site = null;
        Store(thread, ref cell, value, releases);
    }

    /// <summary>An atomic read-modify-write, a full fence in .NET.</summary>
    public T Modify<T>(ModelThread thread, ref T cell, Func<T, T> change)
    {
        (bool splits, bool fences) = WeakenModify(thread);
        if (splits)
            return Split(thread, ref cell, change);
        Location location = Reach(thread, StepKind.ReadModifyWrite, ref cell);
        return Replace(thread, ref cell, location, change(location.Newest.Value.To<T>()), fences).To<T>();
    }

    /// <summary>
    /// Compare and swap. When it succeeds it is a full fence and has read the newest message. When it fails it is an acquire
    /// load, and may have read an older message: that is all that ARM64 promises.
    /// </summary>
    public T CompareExchange<T>(ModelThread thread, ref T cell, T value, T comparand)
    {
        (bool splits, bool fences) = WeakenModify(thread);
        CellValue expected = CellValue.From(comparand);
        if (splits)
            return Split(thread, ref cell, current => CellValue.From(current).IsSame(expected) ? value : current);
        Location location = Reach(thread, StepKind.ReadModifyWrite, ref cell);
        int index = location.Count - 1 - PickAgeForExchange(thread, location, expected);
        if (location[index].Value.IsSame(expected))
            return Replace(thread, ref cell, location, value, fences).To<T>();
        Message read = Read(thread, ref cell, location, index, acquires: true);
        Describe(thread, "cas failed", location, index, ref cell);
        return read.Value.To<T>();
    }

    public void Fence(ModelThread thread)
    {
        bool isGone = mutant.Weakens(thread, WeakeningKind.NoFence);
        thread.Site = null;
        if (isGone)
            return;
        execution.Reach(thread, StepKind.Fence);
        JoinFenceOrder(thread);
        execution.Trace?.Add(thread, "fence");
    }

    /// <summary>
    /// The process-wide barrier: in one step every thread fences, each with the caller. Threads other than the caller are
    /// not ordered among each other by it, because the processors are interrupted one by one.
    /// </summary>
    public void FenceProcessWide(ModelThread thread)
    {
        bool isGone = mutant.Weakens(thread, WeakeningKind.NoProcessWideFence);
        thread.Site = null;
        if (isGone)
            return;
        execution.Reach(thread, StepKind.ProcessWideFence);
        JoinFenceOrder(thread);
        foreach (ModelThread other in execution.Scheduler.Threads)
            FenceOrder.Join(other.View);
        foreach (ModelThread other in execution.Scheduler.Threads)
        {
            if (other != thread)
                other.View.Join(thread.View);
        }

        thread.View.Join(FenceOrder);
        execution.Trace?.Add(thread, "process-wide fence");
    }

    /// <summary>A plain load: checked for races, no scheduling point.</summary>
    public T PlainLoad<T>(ModelThread thread, ref T cell)
    {
        execution.CheckAborting(thread);
        Location location = LocatePlain(thread, ref cell);
        CheckRace(thread, ref cell, "plain read", location.Races.PlainRead(thread));
        execution.Trace?.AddAccess(thread, "plain load", ref cell, "");
        return cell;
    }

    /// <summary>A plain store: checked for races, no scheduling point.</summary>
    public void PlainStore<T>(ModelThread thread, ref T cell, T value)
    {
        execution.CheckAborting(thread);
        Location location = LocatePlain(thread, ref cell);
        CheckRace(thread, ref cell, "plain write", location.Races.PlainWrite(thread));
        cell = value;
        if (location.Count > 0)
            Append(thread, location, CellValue.From(value), releases: false);
        execution.Trace?.AddAccess(thread, "plain store", ref cell, $"= {TextOf(value)}");
    }

    /// <summary>A cell was written plainly, by the code that has constructed it.</summary>
    public void NoteInitialization<T>(ModelThread thread, ref T cell)
    {
        execution.CheckAborting(thread);
        CheckRace(thread, ref cell, "construction", LocatePlain(thread, ref cell).Races.PlainWrite(thread));
    }

    /// <summary>A scheduling point if one is needed; the location of the access that follows it.</summary>
    private Location Reach<T>(ModelThread thread, StepKind next, ref T cell)
    {
        nuint address = Address.Of(ref cell);
        PrivateAccesses? accesses = execution.Search.Private;
        // A read-modify-write fences, and so meets those of all other threads.
        if (next is not StepKind.ReadModifyWrite && accesses?.Contain(thread, _byAddress.GetValueOrDefault(address)) == true)
            execution.Pass(thread, next, address);
        else
            execution.Reach(thread, next, address);
        Location location = Locate(thread, ref cell);
        accesses?.Note(thread, location, stores: next is not StepKind.Load, execution.Scheduler.HasOthers(thread));
        if (accesses?.HaveShrunk == true)
            execution.Search.Finish();
        return location;
    }

    private T Load<T>(ModelThread thread, ref T cell, bool acquires)
    {
        Location location = Reach(thread, StepKind.Load, ref cell);
        int age = execution.PickAge(thread, location.Count - thread.View[location.Index]);
        int index = location.Count - 1 - age;
        Message read = Read(thread, ref cell, location, index, acquires);
        Describe(thread, acquires ? "load.acquire" : "load.relaxed", location, index, ref cell);
        return read.Value.To<T>();
    }

    private void Store<T>(ModelThread thread, ref T cell, T value, bool releases)
    {
        Location location = Reach(thread, StepKind.Store, ref cell);
        CheckRace(thread, ref cell, "atomic write", location.Races.AtomicWrite(thread));
        cell = value;
        Append(thread, location, CellValue.From(value), releases);
        Describe(thread, releases ? "store.release" : "store.relaxed", location, location.Count - 1, ref cell);
    }

    /// <summary>Reads the newest message and stores the next one, with nothing in between.</summary>
    private CellValue Replace<T>(ModelThread thread, ref T cell, Location location, T value, bool fences)
    {
        CellValue before = location.Newest.Value;
        if (fences)
            JoinFenceOrder(thread);
        Read(thread, ref cell, location, location.Count - 1, acquires: true);
        CheckRace(thread, ref cell, "atomic write", location.Races.AtomicWrite(thread));
        cell = value;
        Append(thread, location, CellValue.From(value), releases: true);
        if (fences)
            JoinFenceOrder(thread);
        Describe(thread, fences ? "rmw.fenced" : "rmw", location, location.Count - 1, ref cell);
        return before;
    }

    private T Split<T>(ModelThread thread, ref T cell, Func<T, T> change)
    {
        T before = Load(thread, ref cell, acquires: true);
        T after = change(before);
        if (!CellValue.From(before).IsSame(CellValue.From(after)))
            Store(thread, ref cell, after, releases: true);
        return before;
    }

    private (bool Splits, bool Fences) WeakenModify(ModelThread thread)
    {
        bool splits = mutant.Weakens(thread, WeakeningKind.SplitReadModifyWrite);
        bool fences = !mutant.Weakens(thread, WeakeningKind.UnfencedReadModifyWrite);
        thread.Site = null;
        return (splits, fences);
    }

    /// <summary>The newest message, or an older one that makes the exchange fail.</summary>
    private int PickAgeForExchange(ModelThread thread, Location location, CellValue expected)
    {
        _ages.Clear();
        int readable = location.Count - thread.View[location.Index];
        for (int age = 0; age < readable; age++)
        {
            if (age == 0 || !location[location.Count - 1 - age].Value.IsSame(expected))
                _ages.Add(age);
        }

        return _ages[execution.PickAge(thread, _ages.Count)];
    }

    private Message Read<T>(ModelThread thread, ref T cell, Location location, int index, bool acquires)
    {
        Message message = location[index];
        CheckRace(thread, ref cell, "atomic read", location.Races.AtomicRead(thread));
        thread.View.Raise(location.Index, index);
        if (acquires)
        {
            thread.View.Join(message.View);
            thread.Clock.Join(message.Clock);
        }

        thread.Spin.NoteRead(thread, location, index);
        message.MixInto(ref thread.History);
        return message;
    }

    private static void Append(ModelThread thread, Location location, CellValue value, bool releases)
    {
        Message message = location.Append(value, thread.Id, ++thread.Steps);
        thread.View.Raise(location.Index, location.Count - 1);
        thread.Spin.NoteStore(location);
        if (!releases)
            return;
        message.View.CopyFrom(thread.View);
        message.Clock.CopyFrom(thread.Clock);
        thread.Clock.Tick(thread.Id);
    }

    private void JoinFenceOrder(ModelThread thread)
    {
        FenceOrder.Join(thread.View);
        thread.View.Join(FenceOrder);
    }

    /// <summary>The location of an atomic access; its history begins with what the cell holds.</summary>
    private Location Locate<T>(ModelThread thread, ref T cell)
    {
        Location location = LocatePlain(thread, ref cell);
        CellValue actual = CellValue.From(cell);
        if (location.Count == 0)
            location.Append(actual, writer: -1, writerStep: 0);
        else if (!location.Newest.Value.IsSame(actual))
            execution.Fail(thread, $"Data race: the cell holds {actual}, but {location.Newest.Value} was stored last; somebody writes it plainly.");
        return location;
    }

    private Location LocatePlain<T>(ModelThread thread, ref T cell)
    {
        nuint address = Address.Of(ref cell);
        if (!_byAddress.TryGetValue(address, out Location? location))
        {
            if (_locations.Count == _pool.Count)
                _pool.Add(new Location());
            location = _pool[_locations.Count];
            location.Reset(_locations.Count);
            _locations.Add(location);
            _byAddress.Add(address, location);
        }

        location.Identity.Touch(thread);
        return location;
    }

    private void CheckRace<T>(ModelThread thread, ref T cell, string access, string? other)
    {
        if (other is null)
            return;
        string name = execution.Trace?.NameOf(ref cell) ?? "a location";
        execution.Trace?.AddAccess(thread, access, ref cell, "");
        execution.Fail(thread, $"Data race on {name}: {access} and {other}, not ordered with each other.");
    }

    /// <summary>For a trace. An object's own text may be made by code that runs under control, which would add steps of its own.</summary>
    private static string TextOf<T>(T value) => typeof(T).IsPrimitive ? $"{value}" : value?.GetType().Name ?? "null";

    private void Describe<T>(ModelThread thread, string operation, Location location, int index, ref T cell)
    {
        if (execution.Trace is not { } trace)
            return;
        string stale = index == location.Count - 1 ? "" : $" (newest: {location.Newest.Value})";
        trace.AddAccess(thread, operation, ref cell, $"= {location[index].Value}{stale}");
    }
}
