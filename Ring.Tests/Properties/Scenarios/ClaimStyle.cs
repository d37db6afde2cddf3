namespace Ring.Tests.Properties.Scenarios;

/// <summary>How a producer claims.</summary>
internal enum ClaimStyle
{
    Next,

    /// <summary>TryNext, again and again.</summary>
    TryNext,

    /// <summary>By scopes, one at a time; every third is given up.</summary>
    Scope,
}
