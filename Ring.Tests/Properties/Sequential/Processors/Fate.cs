namespace Ring.Tests.Properties.Sequential;

/// <summary>What an event does to its handler.</summary>
internal enum Fate
{
    Plain,
    Throws,
    Halts,

    /// <summary>The handler runs its own processor, which is refused.</summary>
    RunsAgain,

    /// <summary>Its claim is given up, so that no handler sees it.</summary>
    Abandoned,
}
