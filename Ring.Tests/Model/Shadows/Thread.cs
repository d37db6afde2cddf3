using Ring.Tests.Model.Engine;

namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
public sealed class Thread
{
    private readonly ThreadStart _start;
    private ModelThread? _thread;

    public Thread(ThreadStart start) => _start = start;

    private Thread(ModelThread thread)
        : this(() => { }) => _thread = thread;

    public static Thread CurrentThread => (Thread)(ModelThread.Current.Tag ??= new Thread(ModelThread.Current));

    public string? Name { get; set; }

    public bool IsBackground { get; set; }

    public ThreadPriority Priority { get; set; }

    public ThreadState ThreadState => _thread switch
    {
        null => ThreadState.Unstarted,
        { HasEnded: true } => ThreadState.Stopped,
        _ => ThreadState.Running,
    };

    public static void SpinWait(int iterations) => Machine.SpinHint();

    public static bool Yield()
    {
        Machine.SpinHint();
        return true;
    }

    public static void Sleep(int millisecondsTimeout) => Machine.SpinHint();

    public static void MemoryBarrier() => Machine.Fence();

    public void Start()
    {
        _thread = Machine.Start(() => _start(), Name);
        _thread.Tag = this;
    }

    /// <summary>Nobody interrupts a thread of the model, so nobody passes an interrupt on.</summary>
    public void Interrupt() => throw new NotSupportedException("The model has no interrupts.");

    public void Join() => Join(Timeout.Infinite);

    public bool Join(int millisecondsTimeout) => Join(TimeSpan.FromMilliseconds(millisecondsTimeout));

    public bool Join(TimeSpan timeout) => Machine.Join(_thread!, timeout);
}
