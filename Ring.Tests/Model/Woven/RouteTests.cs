using System.Collections;
using System.Runtime.Loader;
using Ring.Tests.Model.Engine;
using Ring.Tests.Model.Programs;

namespace Ring.Tests.Model.Woven;

/// <summary>
/// The two routes onto Ring.Core see the same machine: what one misses or adds shows in the number of states.
/// </summary>
internal sealed class RouteTests
{
    /// <summary>The programs of the other route, which has the same names in another assembly.</summary>
    private static readonly Lazy<Dictionary<string, Action>> Recompiled = new(LoadRecompiled);

    private static IEnumerable<ModelProgram> Small => AllPrograms.Get().Where(program => program.Cost is Cost.Small);

    private static IEnumerable<ModelProgram> EverySixteenth => Small.Where((_, i) => i % 16 == 0);

    [Test]
    public void Source_and_assembly_have_the_same_states([ValueSource(nameof(EverySixteenth))] ModelProgram program) => Compare(program);

    [Test, Explicit("Takes long"), Category("Model")]
    public void Source_and_assembly_always_have_the_same_states([ValueSource(nameof(Small))] ModelProgram program)
    {
        Share.Require(program.Name);
        Compare(program);
    }

    private static void Compare(ModelProgram program)
    {
        CheckResult woven = Checker.Run(program.Body, program.Options);
        CheckResult recompiled = Checker.Run(Recompiled.Value[program.Name], program.Options);
        Assert.That((woven.States, woven.Executions), Is.EqualTo((recompiled.States, recompiled.Executions)));
    }

    private static Dictionary<string, Action> LoadRecompiled()
    {
        string path = BuildMetadata.Of("RecompiledRoute");
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(RouteTests).Assembly)!;
        Type programs = context.LoadFromAssemblyPath(path).GetType(typeof(AllPrograms).FullName!)!;
        IEnumerable all = (IEnumerable)programs.GetMethod(nameof(AllPrograms.Get))!.Invoke(null, null)!;
        return all.Cast<object>().ToDictionary(program => program.ToString()!, BodyOf);
    }

    private static Action BodyOf(object program) => (Action)program.GetType().GetProperty(nameof(ModelProgram.Body))!.GetValue(program)!;
}
