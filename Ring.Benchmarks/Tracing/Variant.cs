namespace Ring.Benchmarks.Tracing;

/// <summary>A pipeline under its name in the tables, and what its runs came to.</summary>
/// <param name="name">The name.</param>
/// <param name="make">Makes the pipeline, which writes into the folder that it is given.</param>
internal sealed class Variant(string name, Func<string, ISpanPipeline> make)
{
    public string Name { get; } = name;

    public List<RunResult> FlatOut { get; } = [];

    public List<RunResult> Paced { get; } = [];

    public ISpanPipeline Make(string folder) => make(folder);
}
