namespace Ring.Core;

/// <summary>What is demanded of the start position that a user gives.</summary>
/// <remarks>Thread safety: has no state.</remarks>
internal static class StartPositions
{
    /// <exception cref="ArgumentOutOfRangeException">It is unknown.</exception>
    public static StartPosition Checked(StartPosition start, string parameterName) =>
        start is StartPosition.Latest or StartPosition.Oldest
            ? start
            : throw new ArgumentOutOfRangeException(parameterName, start, "Must be Latest or Oldest.");
}
