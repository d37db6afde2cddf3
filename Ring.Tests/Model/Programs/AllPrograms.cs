namespace Ring.Tests.Model.Programs;

/// <summary>Every program; add yours to one of the lists below.</summary>
internal static class AllPrograms
{
    public static IReadOnlyList<ModelProgram> Get() =>
    [
        .. SequencePrograms.Get(),
        .. PipelinePrograms.Get(),
        .. OwnStrategyPrograms.Get(),
        .. GatingPrograms.Get(),
        .. HaltPrograms.Get(),
        .. FaultPrograms.Get(),
        .. SkipPrograms.Get(),
        .. ClaimPrograms.Get(),
        .. BatchPrograms.Get(),
        .. PollerPrograms.Get(),
        .. DisruptorPrograms.Get(),
        .. WorkerPrograms.Get(),
    ];
}
