using System.Reflection;

namespace Ring.Tests.Guards;

/// <summary>The public types and members of an assembly by the ids that they have in the compiler's documentation file.</summary>
internal static class DocumentationIds
{
    public static string Of(Type type) => $"T:{Name(type)}";

    /// <summary>
    /// All that a user can call. A constructor without parameters may be the compiler's own, which nobody can document.
    /// </summary>
    public static IEnumerable<string> OfMembers(Type type) => type.IsSubclassOf(typeof(Delegate))
        ? []
        :
        [
            .. ApiMembers.Constructors(type).Where(method => method.GetParameters().Length > 0).Select(Of),
            .. ApiMembers.Methods(type).Select(Of),
            .. ApiMembers.Properties(type).Select(Of),
            .. ApiMembers.Fields(type).Select(field => $"F:{Name(type)}.{field.Name}"),
            .. ApiMembers.Events(type).Select(@event => $"E:{Name(type)}.{@event.Name}"),
        ];

    private static string Of(MethodBase method)
    {
        string arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        return $"M:{Name(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{arity}{Parameters(method.GetParameters())}";
    }

    private static string Of(PropertyInfo property) =>
        $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Reference(Type type)
    {
        if (type.IsByRef)
            return $"{Reference(type.GetElementType()!)}@";
        if (type.IsArray)
            return $"{Reference(type.GetElementType()!)}[]";
        if (type.IsGenericParameter)
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        if (!type.IsGenericType)
            return Name(type);
        string definition = Name(type.GetGenericTypeDefinition()).Split('`')[0];
        return $"{definition}{{{string.Join(',', type.GetGenericArguments().Select(Reference))}}}";
    }
}
