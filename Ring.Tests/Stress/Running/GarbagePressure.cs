namespace Ring.Tests.Stress;

/// <summary>A thread that allocates and collects as long as it is not disposed of, so that events move under those who use them.</summary>
internal sealed class GarbagePressure : IDisposable
{
    private readonly Thread _thread;
    private readonly object?[] _survivors = new object?[256];
    private volatile bool _isOver;

    public GarbagePressure()
    {
        _thread = new Thread(Press) { IsBackground = true, Name = "garbage" };
        _thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Press()
    {
        for (int i = 0; !_isOver; i++)
        {
            Allocate(i);
            GC.Collect(i % (GC.MaxGeneration + 1), GCCollectionMode.Forced, blocking: true, compacting: true);
            // The others are to get on too, between two collections.
            Thread.Sleep(1);
        }
    }

    /// <summary>Every other object survives for a while, so that there are gaps to close.</summary>
    private void Allocate(int seed)
    {
        for (int i = 0; i < 2 * _survivors.Length; i++)
        {
            byte[] garbage = new byte[16 + (((seed * 37) + i) % 512)];
            if (i % 2 == 0)
                _survivors[i / 2] = garbage;
        }
    }
}
