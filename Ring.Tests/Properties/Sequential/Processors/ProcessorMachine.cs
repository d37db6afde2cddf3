using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;
using ProcessorOperation = Ring.Tests.Properties.Sequential.ModelOperation<
    Ring.Tests.Properties.Sequential.ProcessorUnderTest, Ring.Tests.Properties.Sequential.ProcessorModel>;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Series of publications, halts and runs, with handlers that throw, halt, time out and run themselves.</summary>
internal sealed class ProcessorMachine(bool ignoresExceptions) : Machine<ProcessorUnderTest, ProcessorModel>
{
    private static Gen<Fate> AnyFate => Gen.Frequency(
        (6, Gen.Constant(Fate.Plain)),
        (2, Gen.Constant(Fate.Throws)),
        (1, Gen.Elements(Fate.Halts, Fate.RunsAgain)),
        (2, Gen.Constant(Fate.Abandoned)));

    private static Gen<Idle> AnyIdle => Gen.Frequency(
        (6, AnyFate.Select(fate => new Idle(IdleKind.Publish, fate))),
        (3, Gen.Elements(IdleKind.TimeOut, IdleKind.TimeOutThrows, IdleKind.Nothing).Select(kind => new Idle(kind))));

    private static Gen<RunFlaw> AnyFlaw => Gen.Frequency(
        (8, Gen.Constant(RunFlaw.None)),
        (1, Gen.Elements(RunFlaw.StartThrows, RunFlaw.EndThrows)));

    public override Arbitrary<Setup<ProcessorUnderTest, ProcessorModel>> Setup => Arb.From(
        Gen.Elements(1, 2, 4, 8).Select(size => (Setup<ProcessorUnderTest, ProcessorModel>)new Fresh(size, ignoresExceptions)));

    public override Gen<Operation<ProcessorUnderTest, ProcessorModel>> Next(ProcessorModel model) => Gen.Frequency(
        (6, AnyFate.Select(Publish)),
        (6, AnyIdle.Select(WhenItWaits)),
        (1, Gen.Constant(Halt)),
        (4, AnyFlaw.Select(Run))).Select(operation => (Operation<ProcessorUnderTest, ProcessorModel>)operation);

    private static ProcessorOperation Halt { get; } = new(
        "Halt()",
        model => (model with { IsHalted = true }).Answering(""),
        processor => processor.Halt());

    private static ProcessorOperation Publish(Fate fate) => new(
        $"publish {fate}",
        model => model.Publish(fate),
        processor => processor.Publish(fate));

    /// <summary>By operations of their own, so that what is not needed drops out of a series that fails.</summary>
    private static ProcessorOperation WhenItWaits(Idle idle) => new(
        $"when it waits: {idle}",
        model => (model with { Idles = model.Idles.Enqueue(idle) }).Answering(""),
        processor => processor.WhenItWaits(idle));

    private static ProcessorOperation Run(RunFlaw flaw) => new(
        $"Run(){(flaw is RunFlaw.None ? "" : $", {flaw}")}",
        model => new ProcessorModelRun(flaw).From(model),
        processor => processor.Run(flaw));

    private sealed class Fresh(int size, bool ignoresExceptions) : Setup<ProcessorUnderTest, ProcessorModel>
    {
        public override ProcessorUnderTest Actual() => new(size, ignoresExceptions);

        public override ProcessorModel Model() => new(size, ignoresExceptions);

        public override string ToString() =>
            $"a processor of a ring of size {size}, {(ignoresExceptions ? "exceptions are ignored" : "an exception ends it")}";
    }
}
