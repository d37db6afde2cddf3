namespace Ring.Tests.Guards;

[TestFixture]
public class OrderingCommentTests
{
    private const string Header = """
        | id | store side | load side | order | what it protects | what breaks without it | test |
        | --- | --- | --- | --- | --- | --- | --- |

        """;

    private const string GoodTable = Header + "| PUB | `A.Set` | `A.Get` | release / acquire | all | all | `ATests.Works`, `BTests` |";

    private const string GoodCode = """
        class A
        {
            private PaddedLong _cell;

            // PUB acquire: the event; pairs with A.Set.
            public long Get() => _cell.ReadAcquire();

            public void Set(long value)
            {
                // PUB release: the event,
                // which is long; pairs with A.Get.
                _cell.WriteRelease(value);
                _list.Add(value);
                _plain = _cell.ReadPlain(); // plain: only this thread writes it.
            }
        }
        """;

    [Test]
    public void The_sources_of_Ring_Core_and_the_table_agree() =>
        Assert.That(Rules().Violations(), Is.Empty);

    [Test]
    public void Every_test_that_the_table_names_exists() =>
        Assert.That(Rules().MissingTests(Repository.Sources("Ring.Tests")), Is.Empty);

    [Test]
    public void Good_code_and_a_good_table_agree() => Assert.That(Violations(GoodCode, GoodTable), Is.Empty);

    [TestCase("// PUB acquire: the event; pairs with A.Set.", "", "Code/Buffers/A.cs:6: an ordered access needs the id of its row.")]
    [TestCase(" // plain: only this thread writes it.", "", "Code/Buffers/A.cs:14: a plain access needs `// plain: why`.")]
    [TestCase("_list.Add(value);", "_cell.Add(value);\n", "Code/Buffers/A.cs:13: an ordered access needs the id of its row.")]
    [TestCase("_list.Add(value);", "Fence.Full();\n", "Code/Buffers/A.cs:13: an ordered access needs the id of its row.")]
    [TestCase("_list.Add(value);", "_x.CompareExchange(a, b);", "Code/Buffers/A.cs:13: an ordered access needs the id of its row.")]
    [TestCase("the event; pairs with A.Set.", "the event.", "Code/Buffers/A.cs:5: is not `// ID order: why; pairs with Type.Member.`")]
    [TestCase("PUB acquire: the event", "PUB loose: the event", "Code/Buffers/A.cs:5: is not `// ID order: why; pairs with Type.Member.`")]
    [TestCase("PUB acquire", "SUB acquire", "Code/Buffers/A.cs:5: SUB is not in the table.")]
    [TestCase("PUB acquire", "PUB release", "PUB: the sources must have both sides, and have [release, release].")]
    [TestCase("pairs with A.Set", "pairs with A.Put", "Code/Buffers/A.cs:5: there is no A.Put.")]
    [TestCase("pairs with A.Set", "pairs with B.Set", "Code/Buffers/A.cs:5: there is no B.Set.")]
    public void Bad_code_is_found(string good, string bad, string violation) =>
        Assert.That(Violations(GoodCode.Replace(good, bad, StringComparison.Ordinal), GoodTable), Does.Contain(violation));

    [TestCase("| what breaks without it", "| why", "The columns must be: ")]
    [TestCase("| all | all |", "| all | |", "PUB: a cell is missing or empty.")]
    [TestCase("| all | all |", "| all |", "PUB: a cell is missing or empty.")]
    [TestCase("| PUB |", "| SUB | a | b | c | d | e | f |\n| PUB |", "SUB: the sources must have both sides, and have [].")]
    [TestCase("| PUB |", "| PUB | a | b | c | d | e | f |\n| PUB |", "PUB: stands twice.")]
    public void A_bad_table_is_found(string good, string bad, string violation) =>
        Assert.That(
            Violations(GoodCode, GoodTable.Replace(good, bad, StringComparison.Ordinal)),
            Has.Some.StartsWith(violation));

    [Test]
    public void A_test_that_does_not_exist_is_found()
    {
        OrderingRules rules = new([], new OrderingTable(GoodTable));
        SourceFile test = new("Tests", "ATests.cs", "class ATests { void Fails() { } }");

        Assert.That(
            rules.MissingTests([test]),
            Is.EqualTo(["PUB: there is no test ATests.Works.", "PUB: there is no test BTests."]));
    }

    private static OrderingRules Rules() =>
        new(Repository.Sources("Ring.Core"), new OrderingTable(Repository.ReadText("docs", "memory-ordering.md")));

    private static IEnumerable<string> Violations(string code, string table) =>
        new OrderingRules([new SourceFile("Code", "Buffers/A.cs", code)], new OrderingTable(table)).Violations();
}
