namespace Ring.Benchmarks.Compare;

/// <summary>Work that several contenders do in turns.</summary>
/// <param name="id">Short, for files and for <c>--only</c>.</param>
/// <param name="title">What is done, for the heading.</param>
/// <param name="contenders">Makes the contenders; the first one is Ring's.</param>
internal sealed class Case(string id, string title, Func<IEnumerable<IContender?>> contenders)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    /// <summary>Whether all its contenders are Ring's.</summary>
    public bool IsOfRingAlone { get; init; }

    /// <summary>The contenders that this machine has.</summary>
    public IContender[] MakeContenders() => [.. contenders().OfType<IContender>()];
}
