using System.Reflection;

namespace Ring.Tests.Guards;

[TestFixture]
public class PublicApiTests
{
    [TestCase("Ring.Core")]
    [TestCase("Ring.Tracing")]
    public void The_public_API_is_the_approved_one(string name)
    {
        string received = ApiText.Of(Assembly.Load(name));
        string approved = Repository.ReadText("Ring.Tests", "Guards", $"{name}.approved.txt").ReplaceLineEndings("\n");
        string path = Path.Combine(AppContext.BaseDirectory, $"{name}.received.txt");
        File.WriteAllText(path, received);

        Assert.That(received, Is.EqualTo(approved), $"""
            The public API has changed. If it was meant to, approve it, and say so in CHANGELOG.md:
                cp {path} Ring.Tests/Guards/{name}.approved.txt
            {Difference(approved, received)}

            """);
    }

    [Test]
    public void All_that_a_user_can_name_is_shown() =>
        Assert.That(ApiText.Of(typeof(Sample<>), typeof(SampleChoice), typeof(SampleTaker<>)), Is.EqualTo("""
            abstract class Ring.Tests.Guards.Sample<T> : IDisposable where T : class, new()
                Sample(int size = 3)
                const long Limit = -1
                protected static int Count { get; set; }
                ref T this[long sequence] { get; }
                string Name { get; init; }
                event Action Changed
                TOther Convert<TOther>(T value, in long big) where TOther : struct
                void Dispose()
                abstract void Protect(params string[] names)
                override string ToString()
                bool TryTake(out int? taken, ref List<T[]> from, SampleChoice choice = SampleChoice.Second)

            enum Ring.Tests.Guards.SampleChoice
                First = 0
                Second = 7

            delegate bool Ring.Tests.Guards.SampleTaker<T>(ref T value)

            """.ReplaceLineEndings("\n")));

    [Test]
    public void A_difference_names_the_type_of_each_member() =>
        Assert.That(
            Difference("class A\n    int X\n    int Y\n\nclass B\n    int X\n", "class A\n    int Y\n\nclass B\n    int X\n    int Z\n"),
            Is.EqualTo("- class A: int X\n+ class B: int Z"));

    private static string Difference(string approved, string received)
    {
        string[] before = [.. WithTypes(approved)];
        string[] after = [.. WithTypes(received)];
        return string.Join('\n',
        [
            .. before.Except(after).Select(line => $"- {line}"),
            .. after.Except(before).Select(line => $"+ {line}"),
        ]);
    }

    private static IEnumerable<string> WithTypes(string api)
    {
        string type = "";
        foreach (string line in api.Split('\n').Where(line => line.Length > 0))
        {
            bool isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{type}: {line.Trim()}" : line;
        }
    }
}
