namespace Ring.Tests.Model.Programs;

/// <summary>An exception with a detail that is plain for the machine.</summary>
internal sealed class PlantedException : Exception
{
    public ModelEvent Detail { get; } = new();
}
