namespace Ring.Tests.Model.Engine;

/// <summary>Ends the threads of an execution that has failed, or that cannot go on.</summary>
internal sealed class ModelAbortException : Exception;
