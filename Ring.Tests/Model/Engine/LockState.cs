namespace Ring.Tests.Model.Engine;

/// <summary>A monitor: its owner, those who wait for a pulse in order, and what its last owners hand over.</summary>
internal sealed class LockState(int number)
{
    public int Number => number;

    public ModelThread? Owner { get; private set; }

    public int Depth { get; set; }

    public List<ModelThread> Waiters { get; } = [];

    public View View { get; } = new();

    public VectorClock Clock { get; } = new();

    public Identity Identity { get; } = new();

    /// <summary>The last owner's step at its release: with it, which critical section came before.</summary>
    public int ReleaseStep { get; private set; }

    public int LastOwner { get; private set; } = -1;

    public void Acquire(ModelThread thread, int depth)
    {
        Owner = thread;
        Depth = depth;
        thread.View.Join(View);
        thread.Clock.Join(Clock);
        // What is plain and guarded by the lock depends on who has held it before.
        thread.History.Mix(((long)(LastOwner + 2) << 32) + ReleaseStep);
    }

    public void Release(ModelThread thread)
    {
        Owner = null;
        LastOwner = thread.Id;
        ReleaseStep = ++thread.Steps;
        Depth = 0;
        View.Join(thread.View);
        Clock.Join(thread.Clock);
        thread.Clock.Tick(thread.Id);
    }
}
