using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ring.Tests.Arm64;

/// <summary>
/// The compiler compiles generic code for classes by itself, but for a struct only what somebody uses: this is somebody.
/// </summary>
internal static class StructRoots
{
    /// <summary>Adds a struct, and a method for each method of the generic types, which refers to it.</summary>
    public static void Add(ModuleDefinition module, string name)
    {
        TypeDefinition roots = new("", name, TypeAttributes.Class | TypeAttributes.Sealed, module.TypeSystem.Object);
        TypeDefinition argument = Struct(module, $"{name}Event");
        MethodDefinition[] generic =
        [
            .. from type in module.Types.ToArray()
               where type.GenericParameters.Count == 1 && !type.GenericParameters[0].HasReferenceTypeConstraint
               from method in type.Methods
               where method.HasBody && !method.HasGenericParameters && !(method.IsConstructor && method.IsStatic)
               select method,
        ];
        foreach (MethodDefinition method in generic)
            roots.Methods.Add(Root(module, $"Root{roots.Methods.Count}", Instantiate(method, argument)));
        module.Types.Add(roots);
        module.Types.Add(argument);
    }

    private static TypeDefinition Struct(ModuleDefinition module, string name)
    {
        TypeReference valueType = new("System", "ValueType", module, module.TypeSystem.CoreLibrary);
        TypeDefinition type = new("", name, TypeAttributes.Sealed | TypeAttributes.SequentialLayout, valueType);
        type.Fields.Add(new FieldDefinition("Value", FieldAttributes.Public, module.TypeSystem.Int64));
        return type;
    }

    private static MethodReference Instantiate(MethodDefinition method, TypeReference argument)
    {
        GenericInstanceType type = method.DeclaringType.MakeGenericInstanceType(argument);
        MethodReference instance = new(method.Name, method.ReturnType, type) { HasThis = method.HasThis };
        foreach (ParameterDefinition parameter in method.Parameters)
            instance.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        return instance;
    }

    /// <summary>Returns the address of the method, which the compiler then has to have.</summary>
    private static MethodDefinition Root(ModuleDefinition module, string name, MethodReference method)
    {
        MethodDefinition root = new(name, MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.IntPtr);
        ILProcessor processor = root.Body.GetILProcessor();
        processor.Emit(OpCodes.Ldftn, method);
        processor.Emit(OpCodes.Ret);
        return root;
    }
}
