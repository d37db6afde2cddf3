namespace Ring.Tests.Model.Engine;

/// <summary>Sizes that the engine is built for.</summary>
internal static class Limits
{
    /// <summary>Threads of one program, the main one included. Sleep sets need two bits for each in 32.</summary>
    public const int Threads = 8;

    /// <summary>
    /// How often a spinning thread that stores something in each iteration may find the same again: messages although there are newer
    /// ones, which it could do for ever without a limit, and no processor does; or what it stored, and another thread stored over,
    /// which two such threads could do for ever to each other. A bound: a loop that needs more of either is explored so far only.
    /// </summary>
    public const int RepeatedSpins = 1;

    /// <summary>The same where nobody else can go on: more is a livelock.</summary>
    public const int HeldBackSpins = 20;

    /// <summary>How often a thread may swallow the exception that ends a failed execution, before it is left behind.</summary>
    public const int SwallowedAborts = 50;
}
