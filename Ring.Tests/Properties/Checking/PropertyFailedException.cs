namespace Ring.Tests.Properties.Checking;

/// <summary>
/// Something that must hold does not. Not NUnit's exception: that one marks the test as failed for each case that is tried
/// on the way to the smallest.
/// </summary>
internal sealed class PropertyFailedException : Exception
{
    public PropertyFailedException()
    {
    }

    public PropertyFailedException(string message)
        : base(message)
    {
    }

    public PropertyFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
