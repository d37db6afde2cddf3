using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ring.Tests.Arm64;

/// <summary>The cells and fences of the folder Memory, and what they demand: it stands in their names.</summary>
internal sealed class Accessors
{
    private readonly HashSet<TypeDefinition> _types;

    public Accessors(ModuleDefinition module) => _types = [.. module.GetAllTypes().Where(IsAccessor)];

    /// <summary>Whether a method of Memory only passes on, so that the place that calls it is what matters.</summary>
    public bool PassesOn(MethodDefinition method) =>
        _types.Contains(method.DeclaringType) && (KindByName(method) is not null || !SitesIn(method).Any());

    /// <summary>What a method's own code demands, in the order of that code.</summary>
    public IEnumerable<Site> SitesIn(MethodDefinition method) =>
        from called in CallsIn(method)
        let kind = KindOf(called)
        where kind is not null
        select new Site($"{called.DeclaringType.Name.Split('`')[0]}.{called.Name}", kind.Value);

    public static IEnumerable<MethodReference> CallsIn(MethodDefinition method) => method.HasBody
        ? method.Body.Instructions.Where(instruction => instruction.OpCode.Code is Code.Call or Code.Callvirt)
            .Select(instruction => (MethodReference)instruction.Operand)
        : [];

    private static OrderKind? KindOfFramework(string type, string name) => (type, name) switch
    {
        ("System.Threading.Volatile", "Read" or "ReadBarrier") => OrderKind.Acquire,
        ("System.Threading.Volatile", _) => OrderKind.Release,
        ("System.Threading.Interlocked", "MemoryBarrier") or ("System.Threading.Thread", "MemoryBarrier") => OrderKind.Fence,
        ("System.Threading.Interlocked", "MemoryBarrierProcessWide") => OrderKind.ProcessWide,
        ("System.Threading.Interlocked", _) => OrderKind.ReadModifyWrite,
        _ => null,
    };

    /// <summary>By its name and not by its code, which may be wrong.</summary>
    private static OrderKind? KindByName(MethodDefinition accessor) => accessor.Name switch
    {
        "Light" => OrderKind.None,
        "Full" => OrderKind.Fence,
        "Heavy" => OrderKind.ProcessWide,
        "CompareExchange" or "Add" => OrderKind.ReadModifyWrite,
        string name when name.EndsWith("Acquire", StringComparison.Ordinal) => OrderKind.Acquire,
        string name when name.EndsWith("Release", StringComparison.Ordinal) => OrderKind.Release,
        _ => null,
    };

    /// <summary>Null for what is no ordered access.</summary>
    private OrderKind? KindOf(MethodReference called)
    {
        if (KindOfFramework(called.DeclaringType.FullName, called.Name) is { } kind)
            return kind;
        return called.Resolve() is { } method && _types.Contains(method.DeclaringType) ? KindByName(method) : null;
    }

    private static bool IsAccessor(TypeDefinition type) =>
        (type.IsValueType || (type.IsAbstract && type.IsSealed)) && type.Methods.Any(IsInMemory);

    private static bool IsInMemory(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Any(point =>
            Path.GetFileName(Path.GetDirectoryName(point.Document.Url.Replace('\\', '/'))) == "Memory");
}
