namespace Ring.Tests.Properties.Sequential;

/// <summary>A consumer, as it must be.</summary>
/// <param name="Position">The last sequence that it has handled.</param>
/// <param name="Behind">The number of the consumer that it comes after; null when it comes first.</param>
internal sealed record ConsumerModel(long Position, int? Behind)
{
    public bool Gates { get; init; } = true;

    public bool IsAlerted { get; init; }
}
