using System.Globalization;

namespace Ring.Tests.Stress;

/// <summary>What a stress run is told by its environment.</summary>
/// <param name="Time">RING_STRESS_MINUTES, also a fraction; one when it is not set.</param>
/// <param name="Seed">RING_STRESS_SEED, of all random decisions; a new one when it is not set.</param>
/// <param name="Processors">RING_STRESS_PROCESSORS: how many to use; all when it is not set.</param>
/// <param name="Only">RING_STRESS_ONLY: what the names of the cases contain that are to run; all when it is not set.</param>
internal sealed record StressSettings(TimeSpan Time, int Seed, int? Processors, string Only)
{
    public static StressSettings FromEnvironment() => new(
        TimeSpan.FromMinutes(double.Parse(Read("MINUTES") ?? "1", CultureInfo.InvariantCulture)),
        ReadNumber("SEED") ?? Random.Shared.Next(),
        ReadNumber("PROCESSORS"),
        Read("ONLY") ?? string.Empty);

    private static string? Read(string name) => Environment.GetEnvironmentVariable("RING_STRESS_" + name) is { Length: > 0 } value
        ? value
        : null;

    private static int? ReadNumber(string name) => Read(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
