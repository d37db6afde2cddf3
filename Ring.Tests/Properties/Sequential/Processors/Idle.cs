namespace Ring.Tests.Properties.Sequential;

/// <summary>What happens when a processor waits the next time.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Fate">For a publication.</param>
internal readonly record struct Idle(IdleKind Kind, Fate Fate = Fate.Plain)
{
    public override string ToString() => Kind is IdleKind.Publish ? $"publish {Fate}" : $"{Kind}";
}
