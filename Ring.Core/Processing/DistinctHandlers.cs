namespace Ring.Core;

/// <summary>What is demanded of the handlers that a user gives: some, and each for the first time.</summary>
/// <remarks>Thread safety: has no state.</remarks>
internal static class DistinctHandlers
{
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    /// <exception cref="ArgumentException">There is none, or one stands there twice or is known.</exception>
    public static void Check(IReadOnlyList<object> handlers, Predicate<object> isKnown, string parameterName = "handlers")
    {
        if (handlers is null)
            throw new ArgumentNullException(parameterName);
        if (handlers.Count == 0)
            throw new ArgumentException("There must be at least one handler.", parameterName);
        for (int i = 0; i < handlers.Count; i++)
        {
            object handler = handlers[i] ?? throw new ArgumentNullException(parameterName, $"Handler {i} is null.");
            if (handlers.Take(i).Any(other => ReferenceEquals(other, handler)) || isKnown(handler))
                throw new ArgumentException($"Handler {i}, a {handler.GetType().Name}, was added before: two threads would share it.", parameterName);
        }
    }
}
