namespace Ring.Tests.Interop.Support;

/// <summary>When there is a log beside OpenTelemetry.</summary>
public enum LogLifetime
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>From before OpenTelemetry starts until after it has stopped.</summary>
    Around,

    /// <summary>From after OpenTelemetry has started until before it stops, and spans end before and after.</summary>
    Within,

    /// <summary>From after OpenTelemetry has started until after it has stopped.</summary>
    Longer,
}
