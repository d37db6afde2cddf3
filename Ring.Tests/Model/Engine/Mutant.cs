namespace Ring.Tests.Model.Engine;

/// <summary>Says at each operation whether it is the one that is weakened in this run, and collects which ones could be.</summary>
/// <remarks>
/// A site is the place that calls an accessor of the code under test. The weaver names it just before the call; the first
/// operation after that takes the name.
/// </remarks>
internal sealed class Mutant(CheckOptions options)
{
    private readonly bool _isIdle = options.Weakening is null && options.Sites is null;

    /// <summary>Whether this operation is to be weakened in this way.</summary>
    public bool Weakens(ModelThread thread, WeakeningKind kind)
    {
        if (_isIdle || thread.Site is not { } site)
            return false;
        options.Sites?.Add(new Weakening(site, kind));
        return options.Weakening is { } weakening && weakening.Kind == kind && weakening.Site == site;
    }
}
