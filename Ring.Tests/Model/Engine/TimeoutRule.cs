namespace Ring.Tests.Model.Engine;

/// <summary>When the time of a timed wait may be over.</summary>
public enum TimeoutRule
{
    /// <summary>When nothing else can happen: time passes only while everybody waits.</summary>
    LastResort,

    /// <summary>At any moment, as often in one execution as <see cref="CheckOptions.EarlyTimeouts"/> says; else as a last resort.</summary>
    Early,

    /// <summary>Never: a timed wait is as good as an endless one. For lost wake-ups, which a timeout would hide.</summary>
    Never,
}
