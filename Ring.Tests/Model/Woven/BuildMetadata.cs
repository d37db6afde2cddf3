using System.Reflection;

namespace Ring.Tests.Model.Woven;

/// <summary>What the project file tells the tests: where things lie.</summary>
internal static class BuildMetadata
{
    public static string Of(string key) => typeof(BuildMetadata).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
