namespace Ring.Tests.Model.Engine;

/// <summary>What a thread will do when it is next scheduled. Plain accesses are part of the step before them.</summary>
internal enum StepKind
{
    Start,
    Load,
    Store,
    ReadModifyWrite,
    Fence,
    ProcessWideFence,
    Lock,
    Wait,
    Join,
    Spin,
    Outside,
    Done,
}
