namespace Ring.Tracing;

/// <summary>Keeps some bytes of the volume free. It asks the system once a second at most, and counts for itself in between.</summary>
/// <remarks>Not thread-safe: each thread that writes has one of its own.</remarks>
internal sealed class FreeSpaceFloor(IFileOpener disk, string directory, long minimum, Clock clock)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private long _left;
    private TimeSpan _nextLook = TimeSpan.MinValue;

    /// <exception cref="IOException">Fewer than the minimum would be free after so many bytes.</exception>
    public void Require(long bytes)
    {
        if (minimum == 0)
            return;

        if (_left < bytes || clock.Elapsed >= _nextLook)
            Look();

        if (_left < bytes)
            throw new IOException($"Fewer than {minimum} bytes would be free on the volume of '{directory}'.");

        _left -= bytes;
    }

    private void Look()
    {
        _nextLook = clock.Elapsed + LookPeriod;
        _left = disk.FreeBytes(directory) is { } free ? free - minimum : long.MaxValue;
    }
}
