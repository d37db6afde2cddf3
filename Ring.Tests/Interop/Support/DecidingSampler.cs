using OpenTelemetry.Trace;

namespace Ring.Tests.Interop.Support;

/// <summary>An application's own sampler: it records, samples, or drops by what a test says, and marks what it has seen.</summary>
internal sealed class DecidingSampler(string name, Func<SamplingParameters, SamplingDecision> decide) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(decide(samplingParameters), [new("sampled.by", name)], "own=" + name);

    public override string ToString() => name;
}
