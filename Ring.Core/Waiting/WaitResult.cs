using System.Globalization;

namespace Ring.Core;

/// <summary>How a wait ended: with events, by a timeout, or by an alert. The default value is none of the three.</summary>
/// <remarks>Thread safety: an immutable value.</remarks>
public readonly struct WaitResult : IEquatable<WaitResult>
{
    private const long NothingCode = 0;
    private const long AlertedCode = -1;
    private const long TimedOutCode = -2;

    /// <summary>One more than the sequence, so that the default value is no result at all.</summary>
    private readonly long _code;

    private WaitResult(long code) => _code = code;

    /// <summary>The wait was called off: <see cref="SequenceBarrier.Alert"/> was called.</summary>
    public static WaitResult Alerted => new(AlertedCode);

    /// <summary>The time that the strategy allows was over before there was an event.</summary>
    public static WaitResult TimedOut => new(TimedOutCode);

    /// <summary>Whether there are events to handle, up to and including <see cref="Sequence"/>.</summary>
    public bool IsAvailable => _code > NothingCode;

    /// <summary>Whether the wait was called off.</summary>
    public bool IsAlerted => _code == AlertedCode;

    /// <summary>Whether the time was over.</summary>
    public bool IsTimedOut => _code == TimedOutCode;

    /// <summary>The highest sequence that can be handled, at least the one that was waited for.</summary>
    /// <exception cref="InvalidOperationException"><see cref="IsAvailable"/> is false.</exception>
    public long Sequence => IsAvailable ? _code - 1 : throw new InvalidOperationException($"A wait that ended as {this} has no sequence.");

    /// <summary>There are events to handle.</summary>
    /// <param name="sequence">The highest one, from 0 to <see cref="long.MaxValue"/> - 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequence"/> is outside its range.</exception>
    public static WaitResult Available(long sequence) => sequence is >= 0 and < long.MaxValue
        ? new WaitResult(sequence + 1)
        : throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Must be from 0 to {long.MaxValue - 1}.");

    /// <summary>Whether both waits ended alike.</summary>
    /// <param name="left">One result.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(WaitResult left, WaitResult right) => left.Equals(right);

    /// <summary>Whether the waits ended differently.</summary>
    /// <param name="left">One result.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(WaitResult left, WaitResult right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WaitResult other) => _code == other._code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WaitResult other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _code.GetHashCode();

    /// <summary>Returns the sequence, "alerted", "timed out", or "nothing" for the default value.</summary>
    public override string ToString() => _code switch
    {
        AlertedCode => "alerted",
        TimedOutCode => "timed out",
        NothingCode => "nothing",
        _ => Sequence.ToString(CultureInfo.InvariantCulture),
    };
}
