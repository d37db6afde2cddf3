namespace Ring.Tests.Properties.Sequential;

/// <summary>The real thing beside its model.</summary>
internal interface IUnderTest<in TModel>
{
    /// <summary>Compares all that can be asked without changing anything.</summary>
    void MustAgreeWith(TModel model);
}
