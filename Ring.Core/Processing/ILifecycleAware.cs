namespace Ring.Core;

/// <summary>For handlers that want to know when their thread begins and ends.</summary>
/// <remarks>Thread safety: the processor's thread calls both, each once for a run.</remarks>
public interface ILifecycleAware
{
    /// <summary>Called on the processor's thread before its first event.</summary>
    void OnStart();

    /// <summary>Called on the processor's thread after its last event, also when it ends by a fault.</summary>
    void OnShutdown();
}
