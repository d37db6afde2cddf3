namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
public readonly struct CancellationTokenRegistration : IDisposable
{
    private readonly CancellationTokenSource? _source;
    private readonly Action? _callback;

    internal CancellationTokenRegistration(CancellationTokenSource source, Action callback)
    {
        _source = source;
        _callback = callback;
    }

    public void Dispose() => _source?.Remove(_callback!);
}
