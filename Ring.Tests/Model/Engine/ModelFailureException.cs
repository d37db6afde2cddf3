namespace Ring.Tests.Model.Engine;

/// <summary>The program under test has failed.</summary>
public sealed class ModelFailureException : Exception
{
    public ModelFailureException()
    {
    }

    public ModelFailureException(string message)
        : base(message)
    {
    }

    public ModelFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
