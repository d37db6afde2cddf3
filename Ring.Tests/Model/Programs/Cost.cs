namespace Ring.Tests.Model.Programs;

/// <summary>How much there is to explore.</summary>
internal enum Cost
{
    /// <summary>A second or two: in every test run.</summary>
    Small,

    /// <summary>Five minutes at most: exhausted by the Model target.</summary>
    Large,

    /// <summary>More than that: five minutes depth first, and as long by lot as it takes to see the far end too.</summary>
    Endless,
}
