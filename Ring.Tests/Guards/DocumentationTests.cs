using System.Reflection;
using System.Xml.Linq;

namespace Ring.Tests.Guards;

[TestFixture]
public class DocumentationTests
{
    [TestCase("Ring.Core")]
    [TestCase("Ring.Tracing")]
    public void Every_public_member_has_a_summary_and_every_type_says_which_threads_may_use_it(string name)
    {
        XDocument file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{name}.xml"));

        Assert.That(new DocumentationRules(file).Violations(Assembly.Load(name).GetExportedTypes()), Is.Empty);
    }

    [Test]
    public void A_missing_summary_and_missing_remarks_are_found()
    {
        XDocument file = XDocument.Parse("""
            <doc><members>
              <member name="T:Ring.Tests.Guards.Sample`1"><summary>A sample.</summary><remarks>Fast.</remarks></member>
              <member name="M:Ring.Tests.Guards.Sample`1.#ctor(System.Int32)"><summary> </summary></member>
              <member name="M:Ring.Tests.Guards.Sample`1.Dispose"><inheritdoc/></member>
              <member name="M:Ring.Tests.Guards.Sample`1.ToString"><inheritdoc/></member>
              <member name="P:Ring.Tests.Guards.Sample`1.Item(System.Int64)"><summary>An item.</summary></member>
            </members></doc>
            """);

        Assert.That(new DocumentationRules(file).Violations([typeof(Sample<>)]), Is.EquivalentTo(
        [
            "M:Ring.Tests.Guards.Sample`1.#ctor(System.Int32) has no summary.",
            "M:Ring.Tests.Guards.Sample`1.TryTake(System.Nullable{System.Int32}@,"
                + "System.Collections.Generic.List{`0[]}@,Ring.Tests.Guards.SampleChoice) has no summary.",
            "M:Ring.Tests.Guards.Sample`1.Convert``1(`0,System.Int64@) has no summary.",
            "M:Ring.Tests.Guards.Sample`1.Protect(System.String[]) has no summary.",
            "P:Ring.Tests.Guards.Sample`1.Count has no summary.",
            "P:Ring.Tests.Guards.Sample`1.Name has no summary.",
            "F:Ring.Tests.Guards.Sample`1.Limit has no summary.",
            "E:Ring.Tests.Guards.Sample`1.Changed has no summary.",
            "T:Ring.Tests.Guards.Sample`1 has no remarks about threads.",
        ]));
    }
}
