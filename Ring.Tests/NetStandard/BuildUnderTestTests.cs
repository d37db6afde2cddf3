using System.Reflection;
using System.Runtime.Versioning;

namespace Ring.Tests.NetStandard;

[TestFixture]
public class BuildUnderTestTests
{
    [TestCase("Ring.Core")]
    [TestCase("Ring.Tracing")]
    public void The_tests_run_against_the_build_for_NET_Standard(string name)
    {
        TargetFrameworkAttribute? target = Assembly.Load(name).GetCustomAttribute<TargetFrameworkAttribute>();

        Assert.That(target?.FrameworkName, Is.EqualTo(".NETStandard,Version=v2.0"));
    }
}
