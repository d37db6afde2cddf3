namespace Ring.Tests.Stress;

/// <summary>What the watch-dog looks at while a round runs.</summary>
internal interface IWatched
{
    /// <summary>Changes whenever something has got on.</summary>
    long Progress { get; }

    /// <summary>Who stands where.</summary>
    string Describe();
}
