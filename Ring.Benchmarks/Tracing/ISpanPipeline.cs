namespace Ring.Benchmarks.Tracing;

/// <summary>One way to bring spans to the disk. It listens from when it is made.</summary>
internal interface ISpanPipeline : IDisposable
{
    /// <summary>What the pipeline says it has lost; null if it does not say. To be asked when it has finished.</summary>
    long? Discarded { get; }

    /// <summary>Returns when everything that was accepted is in the files, and closes them.</summary>
    void Finish();

    /// <summary>The spans in the files. To be asked when the pipeline has finished.</summary>
    long CountOnDisk();
}
