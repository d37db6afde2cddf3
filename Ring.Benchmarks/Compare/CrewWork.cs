namespace Ring.Benchmarks.Compare;

/// <summary>Work of a crew, whose consumers tell when they are done.</summary>
internal abstract class CrewWork : IWork
{
    /// <param name="consumers">How many consumers tell when they are done.</param>
    protected CrewWork(int consumers) => IsDone = new CountdownEvent(consumers);

    protected Crew Crew { get; } = new();

    protected CountdownEvent IsDone { get; }

    public void Go()
    {
        Crew.Go();
        WaitUntilDone();
    }

    public void Check()
    {
        Crew.Join();
        CheckConsumers();
    }

    public virtual void Dispose()
    {
        Crew.Dispose();
        IsDone.Dispose();
    }

    protected virtual void WaitUntilDone() => Crew.WaitFor(IsDone);

    /// <summary>Throws unless they got what they should.</summary>
    protected abstract void CheckConsumers();
}
