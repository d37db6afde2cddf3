using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ring.Tests.Guards;

/// <summary>The members that a type declares itself and that users or derived types can name.</summary>
internal static class ApiMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<ConstructorInfo> Constructors(Type type) => type.GetConstructors(Declared).Where(IsVisible);

    public static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(Declared).Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName);

    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible));

    public static IEnumerable<EventInfo> Events(Type type) => type.GetEvents(Declared).Where(@event => IsVisible(@event.AddMethod!));

    /// <summary>Operators too, but no accessors, and nothing that the compiler wrote.</summary>
    public static IEnumerable<MethodInfo> Methods(Type type) =>
        from method in type.GetMethods(Declared)
        where IsVisible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute))
        where !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)
        select method;

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
