namespace Ring.Tracing;

/// <summary>What a key is made of beside the service and the mark of load tests.</summary>
/// <param name="attributes">The keys of the attributes whose values tell spans apart.</param>
/// <param name="hasName">Whether names tell them apart.</param>
/// <param name="hasKind">Whether kinds tell them apart.</param>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal sealed class StatisticKeyParts(string[] attributes, bool hasName = true, bool hasKind = true)
{
    public string[] Attributes => attributes;

    public bool HasName => hasName;

    public bool HasKind => hasKind;

    public static StatisticKeyParts Of(StatisticOptions options) => new([.. options.KeyAttributes], options.ByName, options.ByKind);
}
