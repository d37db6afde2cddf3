using Mono.Cecil;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Weaver;

/// <summary>What woven code calls.</summary>
internal sealed class MachineMethods(ModuleDefinition module, Type machine)
{
    public MethodReference At { get; } = module.ImportReference(machine.GetMethod(nameof(Machine.At)));

    public MethodReference PlainLoad(TypeReference type) => Instantiate(nameof(Machine.PlainLoad), type);

    public MethodReference PlainStore(TypeReference type) => Instantiate(nameof(Machine.PlainStore), type);

    public MethodReference Initialize(TypeReference type) => Instantiate(nameof(Machine.Initialize), type);

    private GenericInstanceMethod Instantiate(string name, TypeReference type) =>
        new(module.ImportReference(machine.GetMethod(name))) { GenericArguments = { type } };
}
