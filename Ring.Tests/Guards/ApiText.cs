using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ring.Tests.Guards;

/// <summary>The public API of an assembly as text: what a user can name, one line each, sorted.</summary>
internal static class ApiText
{
    public static string Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    public static string Of(params Type[] types) =>
        string.Join('\n', types.OrderBy(type => ApiNames.Full(type), StringComparer.Ordinal).Select(Type));

    private static string Type(Type type)
    {
        IEnumerable<string> members = type.IsEnum ? EnumMembers(type) : Members(type);
        return string.Concat(members.Select(member => $"    {member}\n").Prepend($"{Head(type)}\n"));
    }

    private static string Head(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return Delegate(type, type.GetMethod("Invoke")!);
        string[] bases = [.. Bases(type).Select(ApiNames.Of)];
        string after = bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
        return $"{Kind(type)} {ApiNames.Full(type)}{after}{Constraints(type.GetGenericArguments())}";
    }

    private static string Delegate(Type type, MethodInfo invoke) =>
        $"delegate {ApiNames.Of(invoke.ReturnType)} {ApiNames.Full(type)}({Parameters(invoke)})"
        + Constraints(type.GetGenericArguments());

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}struct";
        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
            return [];
        Type? parent = type.BaseType == typeof(object) || type.BaseType == typeof(ValueType) ? null : type.BaseType;
        IEnumerable<Type> own = type.GetInterfaces().Except(parent?.GetInterfaces() ?? []).Where(face => face.IsVisible);
        return [.. parent is null ? [] : new[] { parent }, .. own.OrderBy(face => face.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> EnumMembers(Type type) =>
        from name in Enum.GetNames(type)
        let value = Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)
        orderby value
        select $"{name} = {value}";

    private static IEnumerable<string> Members(Type type) => type.IsSubclassOf(typeof(Delegate))
        ? []
        :
        [
            .. Sorted(ApiMembers.Constructors(type), Constructor),
            .. Sorted(ApiMembers.Fields(type), Field),
            .. Sorted(ApiMembers.Properties(type), Property),
            .. Sorted(ApiMembers.Events(type), Event),
            .. Sorted(ApiMembers.Methods(type), Method),
        ];

    private static IEnumerable<string> Sorted<TMember>(IEnumerable<TMember> members, Func<TMember, string> text)
        where TMember : MemberInfo =>
        members.Select(member => (member.Name, Line: text(member)))
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Line, StringComparer.Ordinal)
            .Select(member => member.Line);

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    private static string Event(EventInfo @event) => $"event {ApiNames.Of(@event.EventHandlerType!)} {@event.Name}";

    private static string Field(FieldInfo field)
    {
        string modifier = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{modifier}{ApiNames.Of(field.FieldType)} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors(nonPublic: true).First(ApiMembers.IsVisible);
        bool isIndexer = property.GetIndexParameters().Length > 0;
        string name = isIndexer ? $"this[{Parameters(property.GetMethod!)}]" : property.Name;
        return $"{Modifiers(accessor)}{ApiNames.Of(property.PropertyType)} {name} {{{Getter(property)}{Setter(property)} }}";
    }

    private static string Getter(PropertyInfo property) =>
        property.GetMethod is { } getter && ApiMembers.IsVisible(getter) ? " get;" : "";

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { } setter || !ApiMembers.IsVisible(setter))
            return "";
        return IsInit(setter) ? " init;" : " set;";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Method(MethodInfo method) =>
        $"{Modifiers(method)}{ApiNames.Of(method.ReturnType)} {ApiNames.Of(method)}({Parameters(method)})"
        + Constraints(method.GetGenericArguments());

    private static string Modifiers(MethodInfo method) => Access(method) + (method.IsStatic ? "static " : Overriding(method));

    private static string Overriding(MethodInfo method)
    {
        if (!method.IsVirtual || method.DeclaringType!.IsInterface)
            return "";
        if (method.GetBaseDefinition() != method)
            return "override ";
        return method.IsAbstract ? "abstract " : method.IsFinal ? "" : "virtual ";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        string many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string standard = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{many}{modifier}{ApiNames.Of(type)} {parameter.Name}{standard}";
    }

    private static string Default(ParameterInfo parameter) => parameter.ParameterType.IsEnum
        ? $"{parameter.ParameterType.Name}.{Enum.ToObject(parameter.ParameterType, parameter.RawDefaultValue!)}"
        : parameter.DefaultValue is null && parameter.ParameterType.IsValueType ? "default" : Value(parameter.DefaultValue);

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] arguments) => string.Concat(
        from argument in arguments
        where argument.IsGenericParameter
        let constraints = string.Join(", ", ConstraintsOn(argument))
        where constraints.Length > 0
        select $" where {argument.Name} : {constraints}");

    private static IEnumerable<string> ConstraintsOn(Type argument)
    {
        GenericParameterAttributes attributes = argument.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct)
            yield return "struct";
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return "class";
        foreach (Type type in argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)))
            yield return ApiNames.Of(type);
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            yield return "new()";
    }
}
