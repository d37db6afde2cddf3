using Ring.Tests.Model.Engine;
using Ring.Tests.Model.Programs;
using Ring.Tests.Model.Woven.Mutants;

namespace Ring.Tests.Model.Woven;

/// <summary>
/// The tables that users read, docs/model-programs.md and docs/model-mutants.md, say all that the last run of the Model target
/// has said; it writes their rows to artifacts/model.
/// </summary>
internal sealed class TableTests
{
    private const string Complete = "yes";

    [Test]
    public void Each_program_has_its_row()
    {
        IEnumerable<string> rows = RowsOf("model-programs.md").Select(row => row[0]).Distinct();
        Assert.That(rows, Is.EquivalentTo(AllPrograms.Get().Select(program => program.Name)));
    }

    [Test]
    public void Each_program_that_is_not_endless_is_complete()
    {
        IEnumerable<string> complete = RowsOf("model-programs.md").Where(row => row[4] == Complete).Select(row => row[0]);
        Assert.That(AllPrograms.Get().Where(program => program.Cost is not Cost.Endless).Select(program => program.Name), Is.SubsetOf(complete));
    }

    /// <summary>That is, a program reaches it: a mutant is only made of what is reached.</summary>
    [Test]
    public void Each_access_fence_lock_and_pulse_of_Ring_Core_has_its_row()
    {
        IEnumerable<string> sites = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "sites.txt"))
            .Where(site => Mutants.Mutants.OrdersSomething(site));
        Assert.That(RowsOf("model-mutants.md").Select(row => row[0].Trim('`')).Distinct(), Is.EquivalentTo(sites));
    }

    [Test]
    public void Each_mutant_that_survives_has_a_reason()
    {
        IEnumerable<Weakening> survivors = RowsOf("model-mutants.md")
            .Where(row => row[2] == MutantTests.Survives)
            .Select(row => new Weakening(row[0].Trim('`'), Enum.Parse<WeakeningKind>(row[1])));
        Assert.That(survivors, Is.EquivalentTo(Survivors.All));
    }

    /// <summary>The cells of each row of a table, without its head.</summary>
    private static List<string[]> RowsOf(string document) =>
    [
        .. Documents.ReadText(document).Split('\n')
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];
}
