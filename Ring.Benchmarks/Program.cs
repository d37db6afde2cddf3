using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Ring.Benchmarks.SlotContent;

if (args is ["slot-content"])
{
    SlotContentMeasurement.Run(Console.Out);
    return;
}

// In this process: a generated project would have to pass this repository's analyzers.
IConfig config = DefaultConfig.Instance.AddJob(Job.MediumRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
