using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Litmus;

/// <summary>A small program, and all the outcomes that it has.</summary>
internal sealed record LitmusCase(string Name, string Outcomes, Action Program)
{
    public CheckOptions Options { get; init; } = new();

    public override string ToString() => Name;
}
