namespace Ring.Tests.Model.Engine;

/// <summary>Sizes that the engine is built for.</summary>
internal static class Limits
{
    /// <summary>Threads of one program, the main one included. Sleep sets need two bits for each in 32.</summary>
    public const int Threads = 8;

    /// <summary>
    /// How often a spinning thread that stores something in each iteration may look at the same messages again although
    /// there are newer ones: without a limit it could do so for ever, which no processor does.
    /// </summary>
    public const int RepeatedSpins = 1;

    /// <summary>How often a thread may swallow the exception that ends a failed execution, before it is left behind.</summary>
    public const int SwallowedAborts = 50;
}
