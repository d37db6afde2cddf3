namespace Ring.Tests.Interop.Support;

/// <summary>A value whose <c>ToString</c> throws.</summary>
internal sealed class NotPrintable
{
    public override string ToString() => throw new NotPrintableException("It has no text.");
}
