namespace Ring.Benchmarks.Compare;

/// <summary>One way to do the work of a case. It is run again and again, in turns with the others.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>Does the work once and checks that it was done: the sum of what arrived, and its order.</summary>
    /// <param name="operations">How many events.</param>
    Sample Run(int operations);
}
