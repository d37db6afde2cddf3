using Ring.Tests.Model.Engine;

namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
/// <remarks>
/// One cell: nothing, the callbacks of those who want to be told, or a mark that it is over. As with the real one, callbacks run
/// on the thread that cancels, those that come too late on their own, and whoever takes one back waits until it has run.
/// </remarks>
public sealed class CancellationTokenSource
{
    private static readonly object Cancelled = new();

    private object? _state;
    private int _isTold;

    public CancellationToken Token => new(this);

    public bool IsCancellationRequested => ReferenceEquals(Machine.Load(ref _state), Cancelled);

    public void Cancel()
    {
        object? before = Machine.Modify(ref _state, _ => Cancelled);
        if (ReferenceEquals(before, Cancelled))
            return;
        ((Action?)before)?.Invoke();
        Machine.Store(ref _isTold, 1);
    }

    internal CancellationTokenRegistration Register(Action callback)
    {
        while (true)
        {
            object? before = Machine.Load(ref _state);
            if (ReferenceEquals(before, Cancelled))
            {
                callback();
                return default;
            }

            object after = (Action?)before + callback;
            if (ReferenceEquals(Machine.CompareExchange(ref _state, after, before), before))
                return new CancellationTokenRegistration(this, callback);
        }
    }

    internal void Remove(Action callback)
    {
        while (true)
        {
            object? before = Machine.Load(ref _state);
            if (ReferenceEquals(before, Cancelled))
            {
                while (Machine.Load(ref _isTold) == 0)
                    Machine.SpinHint();
                return;
            }

            object? after = (Action?)before - callback;
            if (ReferenceEquals(Machine.CompareExchange(ref _state, after, before), before))
                return;
        }
    }
}
