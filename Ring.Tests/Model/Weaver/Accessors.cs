using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ring.Tests.Model.Weaver;

/// <summary>
/// The cells and fences that the rest of the code goes through: the structs and static classes of the folder Memory. What
/// matters is where one of them is called, not its own body, which all callers share.
/// </summary>
internal sealed class Accessors
{
    private readonly HashSet<TypeDefinition> _types;

    public Accessors(ModuleDefinition module) => _types = [.. module.GetAllTypes().Where(IsAccessor)];

    public bool Contains(TypeReference type) => type.Resolve() is { } definition && _types.Contains(definition);

    /// <summary>Whether a method only passes on to one operation, for its callers to be told apart.</summary>
    public bool PassesOn(MethodDefinition method) =>
        _types.Contains(method.DeclaringType) && method.HasBody && method.Body.Instructions.Count(CallsOperation) == 1;

    /// <summary>Whether a call is an operation of the machine, by itself or through accessors.</summary>
    public bool IsOperation(MethodReference called)
    {
        if (IsStandIn(called))
            return called.Name is not "Exit" && !IsOfRuntime(called);
        return called.Resolve() is { } method && PassesOn(method);
    }

    private bool CallsOperation(Instruction instruction) =>
        instruction.Operand is MethodReference called && instruction.OpCode.Code is Code.Call or Code.Callvirt && IsOperation(called);

    /// <summary>What orders memory inside, and not by our choice: there is nothing of it to weaken.</summary>
    private static bool IsOfRuntime(MethodReference called) => called.DeclaringType.Name.StartsWith("Cancellation", StringComparison.Ordinal);

    private static bool IsStandIn(MethodReference called) =>
        called.DeclaringType.Scope.Name == "Ring.Tests.Model.Shadows";

    private static bool IsAccessor(TypeDefinition type) =>
        (type.IsValueType || (type.IsAbstract && type.IsSealed)) && type.Methods.Any(method => IsInMemory(method));

    private static bool IsInMemory(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Any(point =>
            Path.GetFileName(Path.GetDirectoryName(point.Document.Url.Replace('\\', '/'))) == "Memory");
}
