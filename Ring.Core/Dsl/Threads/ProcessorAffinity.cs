#if !NET
using System.Runtime.InteropServices;
#endif

namespace Ring.Core.Dsl;

/// <summary>Binds threads to processors, as far as the system does that.</summary>
/// <remarks>Thread safety: every thread may use it.</remarks>
internal abstract class ProcessorAffinity
{
#if NET
    private static bool IsLinux => OperatingSystem.IsLinux();

    private static bool IsWindows => OperatingSystem.IsWindows();
#else
    private static bool IsLinux => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#endif

    /// <exception cref="PlatformNotSupportedException">The system binds no threads.</exception>
    public static ProcessorAffinity Create()
    {
        if (IsLinux)
            return new LinuxAffinity();
        if (IsWindows)
            return new WindowsAffinity();
        throw new PlatformNotSupportedException("Threads are bound to processors on Linux and Windows only.");
    }

    /// <summary>Whether there is a processor of that number that the calling thread may use.</summary>
    public abstract bool IsAllowed(int processor);

    /// <summary>
    /// Binds the calling thread to a processor. Without effect when that processor was taken away from the process since
    /// <see cref="IsAllowed"/> was asked: a consumer on another processor is better than none.
    /// </summary>
    public abstract void BindCurrentThread(int processor);
}
