namespace Ring.Tests.Interop.Support;

/// <summary>What <see cref="NotPrintable"/> throws.</summary>
internal sealed class NotPrintableException : Exception
{
    public NotPrintableException()
    {
    }

    public NotPrintableException(string message)
        : base(message)
    {
    }

    public NotPrintableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
