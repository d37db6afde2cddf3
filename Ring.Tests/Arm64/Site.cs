namespace Ring.Tests.Arm64;

/// <summary>A place in a method where an accessor is called.</summary>
/// <param name="Accessor">Type and name, such as <c>PaddedLong.ReadAcquire</c>.</param>
/// <param name="Kind">What it demands.</param>
internal sealed record Site(string Accessor, OrderKind Kind);
