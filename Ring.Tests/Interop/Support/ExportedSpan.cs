namespace Ring.Tests.Interop.Support;

/// <summary>What OpenTelemetry exported of a span.</summary>
/// <param name="Name">The span.</param>
/// <param name="Parent">The span that it began within.</param>
/// <param name="Rest">Everything else.</param>
internal sealed record ExportedSpan(string Name, string Parent, string Rest);
