namespace Ring.Tests.Properties.Sequential;

internal enum IdleKind
{
    Publish,
    TimeOut,

    /// <summary>The handler throws when it is told of the timeout.</summary>
    TimeOutThrows,

    /// <summary>The strategy returns for no reason.</summary>
    Nothing,
}
