namespace Ring.Benchmarks.Compare;

/// <summary>The cases that are to be run, in their order.</summary>
internal sealed class Plan(CompareOptions options)
{
    private readonly List<(string Id, Action Run)> _cases = [];

    /// <summary>Adds those that are wanted.</summary>
    public void Add<T>(IEnumerable<T> cases, Func<T, string> id, Action<T> run) =>
        _cases.AddRange(cases.Where(work => options.Wants(id(work))).Select(work => (id(work), new Action(() => run(work)))));

    /// <exception cref="ArgumentException">There is nothing of what was asked for.</exception>
    public void Check()
    {
        string? unknown = Array.Find(options.Only, only => !_cases.Exists(planned => CompareOptions.IsMeant(planned.Id, only)));
        if (unknown is not null)
            throw new ArgumentException($"No case begins with '{unknown}'.");
    }

    public void Run() => _cases.ForEach(static planned => planned.Run());
}
