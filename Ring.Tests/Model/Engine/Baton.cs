namespace Ring.Tests.Model.Engine;

/// <summary>Lets one thread wait until another passes the turn to it.</summary>
/// <remarks>
/// The hand-over is what an execution costs. A few yields first: on one processor that is a switch to the thread that passes
/// the turn, which is much cheaper than sleeping; then sleep, so that idle threads burn nothing.
/// </remarks>
internal sealed class Baton : IDisposable
{
    private const int Yields = 30;

    private readonly ManualResetEventSlim _wakeUp = new(initialState: false, spinCount: 0);
    private int _passed;
    private int _sleeping;

    public void Pass()
    {
        Interlocked.Exchange(ref _passed, 1);
        if (Volatile.Read(ref _sleeping) != 0)
            _wakeUp.Set();
    }

    public void Await()
    {
        for (int i = 0; i < Yields; i++)
        {
            if (TryTake())
                return;
            Thread.Yield();
        }

        Interlocked.Exchange(ref _sleeping, 1);
        while (!TryTake())
        {
            _wakeUp.Wait();
            _wakeUp.Reset();
        }

        Volatile.Write(ref _sleeping, 0);
    }

    public void Dispose() => _wakeUp.Dispose();

    private bool TryTake() => Volatile.Read(ref _passed) != 0 && Interlocked.Exchange(ref _passed, 0) != 0;
}
