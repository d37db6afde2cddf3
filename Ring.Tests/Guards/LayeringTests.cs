using System.Reflection;
using System.Runtime.CompilerServices;
using Ring.Core;

namespace Ring.Tests.Guards;

[TestFixture]
public class LayeringTests
{
    private static readonly LayerRules CoreRules =
        LayerRules.Stack("Memory", "Sequences", "Waiting", "Sequencing", "Buffers", "Processing", "Dsl");

    private static readonly LayerRules TracingRules = new(new Dictionary<string, string[]>
    {
        ["Options"] = [],
        ["Spans"] = ["Options"],
        ["Encoding"] = ["Options", "Spans"],
        // It takes whole lines in the byte buffer of Encoding, and knows no span.
        ["Files"] = ["Options", "Encoding"],
        ["Statistics"] = ["Options", "Spans", "Encoding", "Files"],
        // It reads what Encoding writes, and shares nothing with it but the names of the gap record.
        ["Reading"] = ["Encoding"],
        // It takes the clock of Files.
        ["Diagnostics"] = ["Spans", "Files", ""],
        ["Pipeline"] = ["Options", "Spans", "Encoding", "Files", "Statistics", "Diagnostics", ""],
        [""] = ["Options", "Spans", "Encoding", "Files", "Statistics", "Diagnostics", "Pipeline"],
        ["Setup"] = ["Spans", "Diagnostics", ""],
    });

    private static readonly LayerRules TwoLayers = LayerRules.Stack("Lower", "Upper");

    [Test]
    public void A_file_of_Ring_Core_names_only_types_of_its_own_folder_or_those_before_it() =>
        Assert.That(CoreRules.Violations(Repository.Sources("Ring.Core")), Is.Empty);

    [Test]
    public void A_file_of_Ring_Tracing_names_only_types_of_folders_that_its_own_may_use() =>
        Assert.That(TracingRules.Violations(Repository.Sources("Ring.Tracing")), Is.Empty);

    [Test]
    public void Ring_Tracing_sees_only_what_is_public_in_Ring_Core()
    {
        IEnumerable<string> friends = typeof(Sequence).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(attribute => attribute.AssemblyName);

        Assert.That(friends, Is.EquivalentTo(["Ring.Tests", "Ring.Tests.NetStandard", "Ring.Tests.Model.Woven", "Ring.Benchmarks"]));
    }

    [TestCase("namespace N; class Low { High? _high; }", "Code/Lower/Low.cs:1: High is of Upper, which Lower may not use.")]
    [TestCase("namespace N; class Low; class Other;", "Code/Lower/Low.cs: declares Low and Other instead of Low alone.")]
    [TestCase("namespace N; class Other { class Low; }", "Code/Lower/Low.cs: declares Other instead of Low alone.")]
    [TestCase("namespace N; delegate void Other();", "Code/Lower/Low.cs: declares Other instead of Low alone.")]
    [TestCase("// class Low", "Code/Lower/Low.cs: declares nothing instead of Low alone.")]
    public void A_violation_is_found(string low, string violation) =>
        Assert.That(
            TwoLayers.Violations([File("Lower/Low.cs", low), File("Upper/High.cs", "class High;")]),
            Is.EqualTo([violation]));

    [Test]
    public void A_file_in_no_known_folder_is_found() =>
        Assert.That(
            TwoLayers.Violations([File("Util/Misc.cs", "class Misc;")]),
            Is.EqualTo(["Code/Util/Misc.cs: no file may lie in this folder."]));

    [TestCase("class High(Low low);")]
    [TestCase("class High { Low Low { get; } class Inner; }")]
    [TestCase("readonly record struct High<T>(T Low)\n    where T : class;")]
    [TestCase("delegate Low High<T>(in T value);")]
    public void What_is_allowed_is_no_violation(string high)
    {
        SourceFile low = File("Lower/Low.cs", "/// <see cref=\"High\"/>\nclass Low { string _name = \"High\"; }");

        Assert.That(TwoLayers.Violations([low, File("Upper/High.cs", high), File("Upper/High.Part.cs", high)]), Is.Empty);
    }

    private static SourceFile File(string path, string text) => new("Code", path, text);
}
