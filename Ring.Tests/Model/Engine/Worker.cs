namespace Ring.Tests.Model.Engine;

/// <summary>An operating-system thread that runs one model thread after another, one in each execution.</summary>
internal sealed class Worker : IDisposable
{
    private readonly int _stackSize = 1 << 20;
    private ModelThread? _thread;
    private bool _ends;

    public Worker()
    {
        Thread thread = new(RunThreads, _stackSize) { IsBackground = true, Name = "Model worker" };
        thread.Start();
    }

    public Baton Baton { get; } = new();

    /// <summary>Whether its thread hangs in code that swallows the end of an execution.</summary>
    public bool IsLost { get; set; }

    public void Assign(ModelThread thread) => _thread = thread;

    public void Dispose()
    {
        _ends = true;
        Baton.Pass();
    }

    private void RunThreads()
    {
        while (true)
        {
            Baton.Await();
            if (_ends)
                return;
            _thread!.BecomeCurrent();
            _thread.Execution.RunBody(_thread);
        }
    }
}
