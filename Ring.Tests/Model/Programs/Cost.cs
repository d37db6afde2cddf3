namespace Ring.Tests.Model.Programs;

/// <summary>How much there is to explore.</summary>
internal enum Cost
{
    /// <summary>A second or two: in every test run.</summary>
    Small,

    /// <summary>Minutes at most: exhausted by the Model target.</summary>
    Large,

    /// <summary>Too much to exhaust: sampled by the Model target.</summary>
    Endless,
}
