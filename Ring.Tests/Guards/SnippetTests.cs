using Ring.Tests.Tracing;
using Ring.Tracing;

namespace Ring.Tests.Guards;

[TestFixture]
public class SnippetTests
{
    [Test]
    public void The_code_in_the_README_compiles()
    {
        string[] snippets = [.. SnippetsOf(Repository.ReadText("README.md"))];

        Assert.That(snippets, Is.Not.Empty);
        Assert.That(Missing(snippets, Repository.ReadText("Ring.Tests", "Guards", "Snippets.cs")), Is.Empty);
    }

    [Test]
    public void The_example_for_the_ring_does_what_the_README_says() =>
        Assert.That(Snippets.PublishThroughARing(), Is.EqualTo(5050));

    [Test]
    public async Task The_example_for_the_tracer_does_what_the_README_says()
    {
        using TempFolder folder = new();

        TraceLogCounts counts = await Snippets.WriteSpansAsync(folder.Root);

        Assert.That(counts.ToString(), Does.StartWith("accepted 1 = written 1 + discarded 0 + unrouted 0 + in flight 0 ("));
    }

    [Test]
    public void Code_that_differs_is_found() =>
        Assert.That(
            Missing(SnippetsOf("text\n```csharp\na();\nb();\n```\n```bash\nc\n```"), "{\n    a();\n    c();\n}"),
            Is.EqualTo(["a();\nb();"]));

    [Test]
    public void Indentation_may_differ() =>
        Assert.That(Missing(SnippetsOf("```csharp\nif (a)\n    b();\n```"), "{\n    if (a)\n        b();\n}"), Is.Empty);

    private static IEnumerable<string> SnippetsOf(string markdown) =>
        from block in Unindented(markdown).Split("```csharp\n").Skip(1)
        select block[..block.IndexOf("\n```", StringComparison.Ordinal)];

    private static IEnumerable<string> Missing(IEnumerable<string> snippets, string compiled) =>
        snippets.Where(snippet => !Unindented(compiled).Contains(snippet, StringComparison.Ordinal));

    private static string Unindented(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));
}
