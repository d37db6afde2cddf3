using System.Runtime.InteropServices;

namespace Ring.Core.Dsl;

/// <summary>sched_setaffinity(2): a bit for each processor, in words of the machine.</summary>
/// <remarks>Thread safety: has no state.</remarks>
internal sealed class LinuxAffinity : ProcessorAffinity
{
    /// <summary>As many as the C library's own cpu_set_t has.</summary>
    private const int MaxProcessors = 1024;

    private const int BitsInWord = 64;

    /// <summary>To the kernel, 0 is the calling thread, not the process.</summary>
    private const int CallingThread = 0;

    public override bool IsAllowed(int processor)
    {
        ulong[] mask = new ulong[MaxProcessors / BitsInWord];
        return processor is >= 0 and < MaxProcessors
            && GetAffinity(CallingThread, Bytes(mask), mask) >= 0
            && (mask[processor / BitsInWord] & Bit(processor)) != 0;
    }

    public override void BindCurrentThread(int processor)
    {
        ulong[] mask = new ulong[MaxProcessors / BitsInWord];
        mask[processor / BitsInWord] = Bit(processor);
        _ = SetAffinity(CallingThread, Bytes(mask), mask);
    }

    private static ulong Bit(int processor) => 1UL << (processor % BitsInWord);

    private static UIntPtr Bytes(ulong[] mask) => new((uint)(mask.Length * sizeof(ulong)));

    [DllImport("libc", EntryPoint = "sched_getaffinity"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAffinity(int thread, UIntPtr bytes, [Out] ulong[] mask);

    [DllImport("libc", EntryPoint = "sched_setaffinity"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, UIntPtr bytes, [In] ulong[] mask);
}
