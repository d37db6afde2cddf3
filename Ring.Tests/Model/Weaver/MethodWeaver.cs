using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ring.Tests.Model.Weaver;

/// <summary>Weaves one method.</summary>
/// <remarks>
/// An instruction is changed in place and the rest is put behind it, so that branches to it stay right.
/// </remarks>
internal sealed class MethodWeaver(MethodDefinition method, Accessors accessors, MachineMethods machine, List<string> unknown)
{
    private readonly ILProcessor _processor = method.Body.GetILProcessor();
    private readonly bool _passesOn = accessors.PassesOn(method);
    private readonly Dictionary<string, int> _siteNumbers = [];

    /// <summary>The places that call an accessor.</summary>
    public List<string> Sites { get; } = [];

    public int PlainAccesses { get; private set; }

    public void Weave()
    {
        method.Body.SimplifyMacros();
        foreach (Instruction instruction in method.Body.Instructions.ToArray())
            Weave(instruction);
        method.Body.OptimizeMacros();
    }

    private void Weave(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Volatile:
                unknown.Add($"{method.FullName}: a volatile field. Use a cell of Memory.");
                break;
            case Code.Call or Code.Callvirt when !_passesOn && accessors.IsOperation((MethodReference)instruction.Operand):
                NameSite(instruction, (MethodReference)instruction.Operand);
                break;
            case Code.Ldfld when IsCell(((FieldReference)instruction.Operand).FieldType):
                unknown.Add($"{method.FullName}: a copy of a cell, {instruction.Operand}.");
                break;
            case Code.Ldfld when IsShared((FieldReference)instruction.Operand) && !LoadsFromValue(instruction):
                WeaveLoad(instruction, (FieldReference)instruction.Operand);
                break;
            case Code.Stfld when IsShared((FieldReference)instruction.Operand):
                WeaveStore(instruction, (FieldReference)instruction.Operand);
                break;
            case Code.Stelem_I4:
                WeaveElement(instruction, method.Module.TypeSystem.Int32);
                break;
            case Code.Stelem_I8:
                WeaveElement(instruction, method.Module.TypeSystem.Int64);
                break;
            case Code.Stelem_Any when instruction.Operand is TypeReference type && IsCell(type):
                WeaveElement(instruction, type);
                break;
            case Code.Ldelem_I1 or Code.Ldelem_U1 or Code.Ldelem_I2 or Code.Ldelem_U2 or Code.Ldelem_I4 or Code.Ldelem_U4 or Code.Ldelem_I8:
            case Code.Ldelem_I or Code.Ldelem_R4 or Code.Ldelem_R8:
            case Code.Stelem_I or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_R4 or Code.Stelem_R8:
            case Code.Ldelema when ((TypeReference)instruction.Operand).IsPrimitive:
            case Code.Ldelem_Any or Code.Ldobj or Code.Stobj when IsCell((TypeReference)instruction.Operand):
            case Code.Cpobj or Code.Cpblk or Code.Initblk:
                unknown.Add($"{method.FullName}: {instruction}.");
                break;
            case Code.Ldflda when IsPlainNumber((FieldReference)instruction.Operand) && !accessors.Contains(method.DeclaringType):
                unknown.Add($"{method.FullName}: the address of a field, {instruction.Operand}. Use a cell of Memory.");
                break;
            case Code.Ldsfld or Code.Ldsflda or Code.Stsfld when IsMutableStatic((FieldReference)instruction.Operand):
                unknown.Add($"{method.FullName}: static mutable state, {instruction.Operand}.");
                break;
        }
    }

    private void NameSite(Instruction instruction, MethodReference called)
    {
        string type = method.DeclaringType.Name.StartsWith('<') ? method.DeclaringType.DeclaringType.Name : method.DeclaringType.Name;
        string name = $"{type.Split('`')[0]}.{method.Name} {called.DeclaringType.Name.Split('`')[0]}.{called.Name}";
        int number = _siteNumbers[name] = _siteNumbers.GetValueOrDefault(name) + 1;
        string site = number == 1 ? name : $"{name} ({number})";
        Replace(
            instruction,
            Instruction.Create(OpCodes.Ldstr, site),
            Instruction.Create(OpCodes.Call, machine.At),
            Instruction.Create(instruction.OpCode, called));
        Sites.Add(site);
    }

    private void WeaveLoad(Instruction instruction, FieldReference field)
    {
        Replace(
            instruction,
            Instruction.Create(OpCodes.Ldflda, field),
            Instruction.Create(OpCodes.Call, machine.PlainLoad(TypeInContext(field))));
        PlainAccesses++;
    }

    /// <summary>A cell that is constructed as a whole is marked as written; its value goes where it went.</summary>
    private void WeaveStore(Instruction instruction, FieldReference field)
    {
        // A struct's constructor may run on a copy on the stack; whoever stores the copy is woven.
        if (method.IsConstructor && method.DeclaringType.IsValueType && field.DeclaringType.Resolve() == method.DeclaringType)
            return;
        WeaveStore(instruction, TypeInContext(field), Instruction.Create(OpCodes.Ldflda, field));
    }

    /// <summary>
    /// The elements of arrays of references are left out: such arrays are not changed once they can be seen (copy on write).
    /// </summary>
    private void WeaveElement(Instruction instruction, TypeReference type) =>
        WeaveStore(instruction, type, Instruction.Create(OpCodes.Ldelema, type));

    private void WeaveStore(Instruction instruction, TypeReference type, Instruction loadAddress)
    {
        VariableDefinition value = new(type);
        method.Body.Variables.Add(value);
        method.Body.InitLocals = true;
        Instruction[] store = IsCell(type)
            ?
            [
                Instruction.Create(OpCodes.Dup),
                Instruction.Create(OpCodes.Ldloc, value),
                Instruction.Create(OpCodes.Stobj, type),
                Instruction.Create(OpCodes.Call, machine.Initialize(type)),
            ]
            :
            [
                Instruction.Create(OpCodes.Ldloc, value),
                Instruction.Create(OpCodes.Call, machine.PlainStore(type)),
            ];
        Replace(instruction, [Instruction.Create(OpCodes.Stloc, value), loadAddress, .. store]);
        PlainAccesses++;
    }

    private bool IsCell(TypeReference type) => !type.IsGenericParameter && !type.IsArray && accessors.Contains(type);

    private bool IsPlainNumber(FieldReference field) => field.FieldType.IsPrimitive && IsShared(field);

    private bool IsShared(FieldReference field)
    {
        FieldDefinition? definition = field.Resolve();
        if (definition is null || definition.Module != method.Module || definition.IsInitOnly)
            return false;
        // What a method's closures and iterators hold is as local as its variables.
        return !definition.DeclaringType.Name.StartsWith('<');
    }

    /// <summary>A static field that two threads could meet at; of one with a copy for each thread they meet at nothing.</summary>
    private static bool IsMutableStatic(FieldReference field) =>
        field.Resolve() is { IsInitOnly: false } definition
        && !definition.DeclaringType.Name.StartsWith('<')
        && !definition.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(ThreadStaticAttribute));

    /// <summary>A field of a struct that lies on the stack, and is nobody else's; what a variable refers to may lie anywhere.</summary>
    private static bool LoadsFromValue(Instruction instruction) =>
        ((FieldReference)instruction.Operand).DeclaringType.IsValueType
        && instruction.Previous is { OpCode.Code: Code.Ldloc or Code.Ldloca or Code.Ldarga } source
        && source.Operand is not VariableReference { VariableType.IsByReference: true };

    /// <summary>The field's type as this method says it; known as long as generic parameters are passed on as they are.</summary>
    private TypeReference TypeInContext(FieldReference field)
    {
        if (field.DeclaringType is GenericInstanceType instance
            && instance.GenericArguments.Where((argument, i) => argument is not GenericParameter p || p.Position != i).Any())
            unknown.Add($"{method.FullName}: a field of another instantiation, {field.FullName}.");
        return field.FieldType;
    }

    private void Replace(Instruction instruction, params ReadOnlySpan<Instruction> replacement)
    {
        instruction.OpCode = replacement[0].OpCode;
        instruction.Operand = replacement[0].Operand;
        Instruction last = instruction;
        foreach (Instruction next in replacement[1..])
        {
            _processor.InsertAfter(last, next);
            last = next;
        }
    }
}
