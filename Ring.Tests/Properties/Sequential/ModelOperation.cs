using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;
using Ring.Tests.Properties.Checking;

namespace Ring.Tests.Properties.Sequential;

/// <summary>One step of a series: done to the model and to the real thing, which must then agree.</summary>
/// <param name="name">What a counter-example says.</param>
/// <param name="run">The model afterwards; null where the operation cannot be done.</param>
/// <param name="act">Does it, and says what it has returned.</param>
internal sealed class ModelOperation<TActual, TModel>(string name, Func<TModel, TModel?> run, Func<TActual, string> act)
    : Operation<TActual, TModel>
    where TActual : IUnderTest<TModel>
    where TModel : class, IModel
{
    public override bool Pre(TModel model) => run(model) is not null;

    public override TModel Run(TModel model) => run(model)!;

    /// <remarks>Throws instead of returning false: the series ends at the first difference.</remarks>
    public override Property Check(TActual actual, TModel model)
    {
        Require.Equal(model.Answer, act(actual), name);
        actual.MustAgreeWith(model);
        return true.ToProperty();
    }

    public override string ToString() => name;
}
