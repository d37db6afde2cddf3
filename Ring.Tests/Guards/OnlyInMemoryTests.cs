namespace Ring.Tests.Guards;

[TestFixture]
public class OnlyInMemoryTests
{
    private static readonly HashSet<string> Primitives =
    [
        "Volatile", "volatile", "Interlocked", "MemoryBarrier", "Monitor", "lock", "Lock",
        "Unsafe", "unsafe", "MemoryMarshal", "StructLayout", "FieldOffset",
    ];

    [Test]
    public void Only_Memory_uses_what_the_hardware_sees() =>
        Assert.That(Violations(Repository.Sources("Ring.Core")), Is.Empty);

    [Test]
    public void Memory_itself_does() =>
        Assert.That(
            from file in Repository.Sources("Ring.Core") where file.Folder == "Memory" from use in file.Words select use.Word,
            Is.SupersetOf(["Volatile", "Interlocked", "Monitor", "lock", "Unsafe", "StructLayout", "FieldOffset"]));

    [TestCase("a = Volatile.Read(ref b);")]
    [TestCase("private volatile int _a;")]
    [TestCase("System.Threading.Interlocked.MemoryBarrier();")]
    [TestCase("lock (_gate)")]
    [TestCase("[StructLayout(LayoutKind.Explicit)]")]
    [TestCase("text = $\"{Unsafe.SizeOf<T>()}\";")]
    public void A_violation_is_found(string code) =>
        Assert.That(
            Violations([new SourceFile("Code", "Buffers/A.cs", "\n" + code)]),
            Has.Some.StartsWith("Code/Buffers/A.cs:2: "));

    [TestCase("Buffers/A.cs", "// A lock or Volatile would do.")]
    [TestCase("Buffers/A.cs", "Clock block = \"lock\";")]
    [TestCase("Memory/A.cs", "lock (_gate)")]
    public void What_is_allowed_is_no_violation(string path, string code) =>
        Assert.That(Violations([new SourceFile("Code", path, code)]), Is.Empty);

    private static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Folder != "Memory"
        from use in file.Words
        where Primitives.Contains(use.Word)
        select $"{file.At(use.Line)}: {use.Word} is for Memory alone.";
}
