namespace Ring.Benchmarks.Compare;

/// <summary>Lines over a number that grows.</summary>
/// <param name="Id">Short, for files and for <c>--only</c>.</param>
/// <param name="Title">What is done, for the heading.</param>
/// <param name="Axis">What grows.</param>
/// <param name="Points">Its values.</param>
/// <param name="Lines">What is compared at each of them.</param>
internal sealed record ScaleCase(string Id, string Title, string Axis, int[] Points, (string Name, Func<int, IContender> Make)[] Lines)
{
    /// <summary>The case of one value: there, all lines take turns.</summary>
    public Case At(int point) => new(
        $"{Id}-{point}", $"{Title}: {point} {Axis}", () => Lines.Select(line => (IContender)new Renamed(line.Name, line.Make(point))));

    private sealed class Renamed(string name, IContender contender) : IContender
    {
        public string Name => name;

        public Sample Run(int operations) => contender.Run(operations);

        public void Dispose() => contender.Dispose();
    }
}
