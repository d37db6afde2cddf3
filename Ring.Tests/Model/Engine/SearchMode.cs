namespace Ring.Tests.Model.Engine;

/// <summary>How executions are chosen.</summary>
public enum SearchMode
{
    /// <summary>All of them.</summary>
    Exhaustive,

    /// <summary>By lot.</summary>
    Random,

    /// <summary>By random priorities with a few changes (PCT).</summary>
    Priorities,
}
