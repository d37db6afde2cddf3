namespace Ring.Core;

/// <summary>Something that knows how far it has come.</summary>
/// <remarks>Implementations can be asked by any thread.</remarks>
internal interface ICursored
{
    /// <summary>The position: -1 before the first event.</summary>
    long Cursor { get; }
}
