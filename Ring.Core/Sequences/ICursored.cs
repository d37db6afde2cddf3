namespace Ring.Core;

/// <summary>What has a position that others begin at, such as a ring.</summary>
/// <remarks>Thread safety: every thread may ask.</remarks>
public interface ICursored
{
    /// <summary>How far it has come; stale when it returns.</summary>
    long Cursor { get; }
}
