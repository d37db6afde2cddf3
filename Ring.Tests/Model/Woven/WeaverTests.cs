using System.Diagnostics;
using System.Reflection;

namespace Ring.Tests.Model.Woven;

/// <summary>The weaver stops at accesses that would escape the checker.</summary>
internal sealed class WeaverTests
{
    private static readonly Lazy<(int ExitCode, string Errors)> Woven = new(WeaveThisAssembly);

    private static IEnumerable<string> Methods => typeof(Escapes)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(method => method.Name);

    [Test]
    public void What_the_weaver_does_not_know_stops_it() => Assert.That(Woven.Value.ExitCode, Is.EqualTo(1));

    [Test]
    public void Each_access_that_would_escape_is_named([ValueSource(nameof(Methods))] string method) =>
        Assert.That(Woven.Value.Errors, Does.Contain($"{nameof(Escapes)}::{method}("));

    [TestCase("System.Threading.SemaphoreSlim has no stand-in")]
    [TestCase("System.Int64 System.Threading.Interlocked::Decrement(System.Int64&): its stand-in has no such member")]
    public void What_has_no_stand_in_is_named(string error) => Assert.That(Woven.Value.Errors, Does.Contain(error));

    private static (int ExitCode, string Errors) WeaveThisAssembly()
    {
        string output = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"woven-{Guid.NewGuid():N}.dll");
        using Process weaver = Process.Start(new ProcessStartInfo("dotnet", [BuildMetadata.Of("Weaver"), typeof(Escapes).Assembly.Location, output, output])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _ = weaver.StandardOutput.ReadToEndAsync();
        string errors = weaver.StandardError.ReadToEnd();
        weaver.WaitForExit();
        return (weaver.ExitCode, errors);
    }
}
