using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace Ring.Tests.Properties.Checking;

/// <summary>
/// Tries a property with generated cases. One that fails is made smaller, and said with what it takes to see it again.
/// </summary>
/// <remarks>
/// RING_PROPERTY_REPLAY, with what a failure has printed, tries that one case; filter for the one test. RING_PROPERTY_SCALE
/// is how many times as many cases to try, 1 unless given.
/// </remarks>
internal static class PropertyChecker
{
    private const string ReplayVariable = "RING_PROPERTY_REPLAY";
    private const string ScaleVariable = "RING_PROPERTY_SCALE";

    public static bool IsReplay => Environment.GetEnvironmentVariable(ReplayVariable) is { Length: > 0 };

    private static int Scale =>
        int.TryParse(Environment.GetEnvironmentVariable(ScaleVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int scale)
            ? scale
            : 1;

    public static void Check(Property property, int cases) =>
        Check(property, cases * Scale, Environment.GetEnvironmentVariable(ReplayVariable));

    /// <param name="property">What to check.</param>
    /// <param name="cases">How many cases to try.</param>
    /// <param name="replay">What a failure has printed, to try that one case; otherwise null or empty.</param>
    public static void Check(Property property, int cases, string? replay)
    {
        CaseRecorder recorder = new();
        Config config = Config.Quick.WithMaxTest(cases).WithRunner(recorder);
        if (!string.IsNullOrEmpty(replay))
            config = config.WithReplay(FSharpOption<Replay>.Some(Parse(replay)));
        FsCheck.Check.One(config, property);
        if (recorder.Failure is { } failure)
            throw new PropertyFailedException(failure, recorder.Cause);
    }

    /// <summary>Where the case comes from: the seed in two parts, and the size.</summary>
    public static string Format(Rnd seed, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{ReplayVariable}={seed.Seed},{seed.Gamma},{size}");

    private static Replay Parse(string replay)
    {
        string[] parts = replay[(replay.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(',');
        if (parts.Length != 3)
            throw new FormatException($"{ReplayVariable} is not what a failure has printed: {replay}");
        Rnd seed = new(ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
        return new Replay(seed, FSharpOption<int>.Some(int.Parse(parts[2], CultureInfo.InvariantCulture)));
    }
}
