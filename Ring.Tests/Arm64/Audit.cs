namespace Ring.Tests.Arm64;

/// <summary>Compiles Ring.Core for ARM64 and lays what it demands beside what it becomes.</summary>
internal sealed class Audit
{
    /// <summary>The first 64-bit ARM; the servers of today; and those whose acquire and release take an offset.</summary>
    public static readonly string[] InstructionSets = ["-lse,-rcpc,-rcpc2", "lse,rcpc,-rcpc2", "lse,rcpc,rcpc2"];

    /// <param name="core">The assembly.</param>
    /// <param name="folder">Where copies and images go.</param>
    public Audit(string core, ScratchFolder folder)
    {
        using CoreAssembly assembly = new(core);
        string pinned = Copy(core, folder, "pinned.dll", copy => copy.PinInlining());
        CompiledMethod[][] compiled =
            [.. InstructionSets.Select(set => Named(assembly, new CompiledImage(Crossgen.Compile(pinned, set, Crossgen.AsTheJit))))];
        Methods = [.. assembly.Demands(_ => false).SelectMany(method => Match(method.Key, method.Value, compiled))];
        string shipped = Copy(core, folder, "shipped.dll", _ => { });
        Shipped = Named(assembly, new CompiledImage(Crossgen.Compile(shipped, ShippedInstructionSet)));
        ShippedDemands = assembly.Demands(name => !Shipped.Any(method => method.Symbol == name));
    }

    /// <summary>What the methods are compiled for as they are shipped.</summary>
    public static string ShippedInstructionSet => InstructionSets[1];

    /// <summary>All that have sites, compiled with accessors inlined and nothing else.</summary>
    public AuditedMethod[] Methods { get; }

    /// <summary>All that is compiled ahead of time, with whatever the compiler inlines.</summary>
    public CompiledMethod[] Shipped { get; }

    /// <summary>What each of those demands, with what is inlined everywhere.</summary>
    public SortedDictionary<string, Site[]> ShippedDemands { get; }

    private static string Copy(string core, ScratchFolder folder, string name, Action<CoreAssembly> change)
    {
        string path = folder.PathOf(name);
        using CoreAssembly copy = new(core);
        change(copy);
        copy.Write(path);
        return path;
    }

    /// <summary>Under their names in the source.</summary>
    private static CompiledMethod[] Named(CoreAssembly assembly, CompiledImage image) =>
        [.. image.Methods.Select(method => method with { Symbol = assembly.NameOf(method) }).OrderBy(method => method.Symbol, StringComparer.Ordinal)];

    /// <summary>Overloads together. A method that is not compiled at all implements nothing.</summary>
    private static IEnumerable<AuditedMethod> Match(string name, Site[] sites, CompiledMethod[][] compiled) =>
        from instance in new[] { name, name + CoreAssembly.ForStruct }
        where instance == name || compiled[0].Any(method => method.Symbol == instance)
        select new AuditedMethod(
            instance,
            sites,
            [.. compiled.Select(set => new SiteMatch(sites, [.. set.Where(method => method.Symbol == instance).SelectMany(method => method.Operations)]))]);
}
