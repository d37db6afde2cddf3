using System.Reflection;

namespace Ring.Tests.Guards;

/// <summary>Types and methods as C# writes them.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
    };

    public static string Full(Type type) => $"{type.Namespace}.{Of(type)}";

    public static string Of(Type type)
    {
        if (type.IsByRef)
            return $"ref {Of(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Of(value)}?";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        string outer = type is { IsNested: true, IsGenericParameter: false } ? $"{Of(type.DeclaringType!)}." : "";
        return outer + type.Name.Split('`')[0] + Arguments(type.IsGenericType ? type.GetGenericArguments() : []);
    }

    public static string Of(MethodInfo method) => method.Name.Split('`')[0] + Arguments(method.GetGenericArguments());

    private static string Arguments(Type[] arguments) =>
        arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";
}
