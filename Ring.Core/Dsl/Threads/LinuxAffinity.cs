using System.Runtime.InteropServices;

namespace Ring.Core.Dsl;

/// <summary>sched_setaffinity(2): a bit for each processor, in words of the machine.</summary>
/// <remarks>Thread safety: has no state.</remarks>
internal sealed class LinuxAffinity : ProcessorAffinity
{
    /// <summary>As many as the C library's own cpu_set_t has.</summary>
    private const int MaxProcessors = 1024;

    private const int BitsInWord = 64;

    private const int BitsInByte = 8;

    /// <summary>To the kernel, 0 is the calling thread, not the process.</summary>
    private const int CallingThread = 0;

    public override bool IsAllowed(int processor)
    {
        byte[] mask = new byte[MaxProcessors / BitsInByte];
        return processor is >= 0 and < MaxProcessors
            && GetAffinity(CallingThread, new UIntPtr((uint)mask.Length), mask) >= 0
            && (BitConverter.ToUInt64(mask, WordOf(processor)) & BitOf(processor)) != 0;
    }

    public override void BindCurrentThread(int processor)
    {
        byte[] mask = new byte[MaxProcessors / BitsInByte];
        BitConverter.GetBytes(BitOf(processor)).CopyTo(mask, WordOf(processor));
        _ = SetAffinity(CallingThread, new UIntPtr((uint)mask.Length), mask);
    }

    /// <summary>Where the word with a processor's bit begins in the mask; its bytes are in the machine's order.</summary>
    private static int WordOf(int processor) => processor / BitsInWord * (BitsInWord / BitsInByte);

    private static ulong BitOf(int processor) => 1UL << (processor % BitsInWord);

    [DllImport("libc", EntryPoint = "sched_getaffinity"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAffinity(int thread, UIntPtr bytes, [Out] byte[] mask);

    [DllImport("libc", EntryPoint = "sched_setaffinity"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, UIntPtr bytes, [In] byte[] mask);
}
