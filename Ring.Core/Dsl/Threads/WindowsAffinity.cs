using System.Runtime.InteropServices;

namespace Ring.Core.Dsl;

/// <summary>SetThreadAffinityMask: a bit for each of the 64 processors at most of the process's group.</summary>
/// <remarks>Thread safety: has no state.</remarks>
internal sealed class WindowsAffinity : ProcessorAffinity
{
    private const int MaxProcessors = 64;

    public override bool IsAllowed(int processor) =>
        processor is >= 0 and < MaxProcessors
        && GetProcessAffinityMask(GetCurrentProcess(), out UIntPtr mask, out _)
        && (mask.ToUInt64() & (1UL << processor)) != 0;

    public override void BindCurrentThread(int processor) => _ = SetThreadAffinityMask(GetCurrentThread(), new UIntPtr(1UL << processor));

    [DllImport("kernel32"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr GetCurrentProcess();

    [DllImport("kernel32"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr GetCurrentThread();

    [DllImport("kernel32"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetProcessAffinityMask(IntPtr process, out UIntPtr ofProcess, out UIntPtr ofSystem);

    [DllImport("kernel32"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern UIntPtr SetThreadAffinityMask(IntPtr thread, UIntPtr mask);
}
