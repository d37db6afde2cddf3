namespace Ring.Tracing;

/// <summary>
/// Decides what of an attribute's value may leave the process: called for each attribute of a span, its events and its links, and for
/// its status message (as <c>otel.status_description</c>), before anything is written.
/// </summary>
/// <param name="key">The attribute's key.</param>
/// <param name="value">The attribute's value.</param>
/// <returns>The same value to keep it, or what is to be written instead of it.</returns>
/// <remarks>
/// Called on the thread that writes; it should be quick. When it throws, the attribute is dropped and counted, and never written.
/// </remarks>
public delegate object? AttributeRedactor(string key, object? value);
