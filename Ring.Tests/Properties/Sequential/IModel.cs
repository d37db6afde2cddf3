namespace Ring.Tests.Properties.Sequential;

/// <summary>The state that something is expected to be in.</summary>
internal interface IModel
{
    /// <summary>What the last operation must have returned.</summary>
    string Answer { get; }
}
