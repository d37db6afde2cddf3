namespace Ring.Tests.Properties.Scenarios;

/// <summary>What one producer does.</summary>
/// <param name="Events">How many, those that it gives up included.</param>
/// <param name="Batch">How many in one claim; at most so many as the ring has slots.</param>
/// <param name="Style">How it claims.</param>
internal sealed record Production(int Events, int Batch, ClaimStyle Style)
{
    /// <summary>Of scopes, each so manieth is given up.</summary>
    private const int GivenUp = 3;

    /// <summary>Whether it gives up its event of this number.</summary>
    public bool GivesUp(long number) => Style is ClaimStyle.Scope && number % GivenUp == GivenUp - 1;

    /// <summary>How many it claims at once when so many are left.</summary>
    public int NextBatch(int size, long left) => Style is ClaimStyle.Scope ? 1 : (int)Math.Min(left, Math.Min(size, Batch));

    public override string ToString() => $"{Events} by {Style}{(Batch > 1 ? $" in {Batch}s" : "")}";
}
