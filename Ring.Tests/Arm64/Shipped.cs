using Ring.Tests.Guards;

namespace Ring.Tests.Arm64;

/// <summary>The assembly in the package for .NET 10, whatever configuration the tests have.</summary>
internal static class Shipped
{
    public static string Core => Path.Combine(Repository.Root, "Ring.Core", "bin", "Release", "net10.0", "Ring.Core.dll");
}
