namespace Ring.Tests.Model.Programs;

/// <summary>How much there is to explore.</summary>
internal enum Cost
{
    /// <summary>A second or two: in every test run.</summary>
    Small,

    /// <summary>Minutes at most: exhausted by the Model target.</summary>
    Large,

    /// <summary>More than that: the Model target takes a look depth first, and samples by lot and by priorities, which see the far end too.</summary>
    Endless,
}
