using System.Diagnostics;

namespace Ring.Benchmarks.SlotContent;

/// <summary>One variant of what a slot holds.</summary>
internal interface ISlotPipeline : IDisposable
{
    /// <summary>What the thread that ends a span does; waits while the ring is full.</summary>
    void Publish(Activity activity);

    /// <summary>Returns when everything published is in the file.</summary>
    void Drain();
}
