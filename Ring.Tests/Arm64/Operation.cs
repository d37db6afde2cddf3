namespace Ring.Tests.Arm64;

/// <summary>An instruction that orders memory, or a call of something that does.</summary>
/// <param name="Kind">What it gives.</param>
/// <param name="Text">As an assembler writes it, with w or x for 32 or 64 bits.</param>
internal sealed record Operation(OrderKind Kind, string Text);
