namespace Ring.Benchmarks.Compare;

/// <summary>Work that is split between several threads.</summary>
internal static class Share
{
    /// <summary>How many of so many things the one with this index does; the first ones do one more if it does not come out even.</summary>
    public static int Of(int total, int index, int count) => (total / count) + (index < total % count ? 1 : 0);
}
