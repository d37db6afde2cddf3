using Ring.Benchmarks.Compare.Rings;

namespace Ring.Benchmarks.Compare;

/// <summary>
/// LMAX's topologies of more than two threads, beside LMAX and beside what one builds of queues. They yield or sleep: on few processors,
/// threads that only spin keep each other from going on.
/// </summary>
internal sealed class PeerTopologies(PeerContenders peers)
{
    public IEnumerable<Case> All()
    {
        foreach (Layout layout in Layout.OfMany)
        {
            yield return new Case($"{layout.Id}-yielding", $"{layout.Title}, which yield when there is nothing to do", () => Yielding(layout));
            yield return new Case($"{layout.Id}-blocking", $"{layout.Title}, which sleep when there is nothing to do", () => Blocking(layout));
        }
    }

    private IEnumerable<IContender?> Yielding(Layout layout) =>
    [
        RingContenders.Classes(Names.RingYielding, layout.Shape with { Strategy = Strategies.Yielding }, layout.Classes),
        peers.OnJvm("LMAX, Yielding", layout.Shape, "Yielding", layout.Classes),
    ];

    private IEnumerable<IContender?> Blocking(Layout layout) =>
    [
        RingContenders.Classes(Names.RingBlocking, layout.Shape with { Strategy = Strategies.Blocking }, layout.Classes),
        peers.OnJvm(Names.LmaxBlocking, layout.Shape, "Blocking", layout.Classes),
        .. layout switch
        {
            { Queues: null } => Enumerable.Empty<IContender>(),
            { Producers: 1, Queues: { } graph } => PeerContenders.Waiting(graph),
            _ => PeerContenders.Waiting(layout.Producers),
        },
    ];
}
