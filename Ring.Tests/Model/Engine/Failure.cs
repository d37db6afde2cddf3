namespace Ring.Tests.Model.Engine;

/// <summary>A schedule that fails.</summary>
/// <param name="Message">What went wrong.</param>
/// <param name="Replay">The decisions that lead there, for <see cref="CheckOptions.Replay"/>.</param>
/// <param name="Trace">What the threads did, a column each.</param>
public sealed record Failure(string Message, string Replay, string Trace)
{
    public override string ToString() => $"{Message}\nreplay: {Replay}\n{Trace}";
}
