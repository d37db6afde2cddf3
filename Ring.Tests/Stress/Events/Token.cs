namespace Ring.Tests.Stress;

/// <summary>What an event refers to: fresh for each, so that the collector has something to move and to free.</summary>
internal sealed record Token(int Producer, long Number);
