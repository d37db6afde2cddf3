namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
public readonly struct CancellationToken
{
    private readonly CancellationTokenSource? _source;

    internal CancellationToken(CancellationTokenSource source) => _source = source;

    public static CancellationToken None => default;

    public bool IsCancellationRequested => _source is { IsCancellationRequested: true };

    public void ThrowIfCancellationRequested()
    {
        if (IsCancellationRequested)
            throw new OperationCanceledException();
    }

    public CancellationTokenRegistration Register(Action callback) => _source?.Register(callback) ?? default;
}
