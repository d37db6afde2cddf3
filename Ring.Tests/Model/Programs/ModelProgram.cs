using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Programs;

/// <summary>A small program over Ring.Core.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Body">The main thread.</param>
/// <param name="Options">How it is checked.</param>
/// <param name="Cost">Where it runs.</param>
internal sealed record ModelProgram(string Name, Action Body, CheckOptions Options, Cost Cost = Cost.Small)
{
    public override string ToString() => Name;
}
