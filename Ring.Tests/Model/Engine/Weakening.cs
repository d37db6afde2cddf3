namespace Ring.Tests.Model.Engine;

/// <summary>A mutant: one site of the code under test, and what is left out there.</summary>
public sealed record Weakening(string Site, WeakeningKind Kind)
{
    public override string ToString() => $"{Kind} at {Site}";
}
