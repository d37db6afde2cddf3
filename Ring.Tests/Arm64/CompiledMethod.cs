namespace Ring.Tests.Arm64;

/// <summary>A method in a compiled image, with what in it orders memory, in the order of addresses.</summary>
/// <param name="Symbol">Its name in the compiler's map.</param>
/// <param name="Operations">What orders memory.</param>
internal sealed record CompiledMethod(string Symbol, Operation[] Operations);
