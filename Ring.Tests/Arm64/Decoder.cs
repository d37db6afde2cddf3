namespace Ring.Tests.Arm64;

/// <summary>Knows the A64 instructions that order memory or are atomic, by their encodings (Arm ARM, C4.1).</summary>
internal static class Decoder
{
    private const string Sizes = "bhwx";

    private static readonly string[] Arithmetic = ["ldadd", "ldclr", "ldeor", "ldset", "ldsmax", "ldsmin", "ldumax", "ldumin"];

    /// <summary>Null for any other instruction, an ordinary load or store above all.</summary>
    public static Operation? Decode(uint word)
    {
        if ((word & 0x3F000000) == 0x08000000)
            return Exclusive(word);
        if ((word & 0x3F200C00) == 0x38200000)
            return Atomic(word);
        if ((word & 0x3F200C00) == 0x19000000)
            return Unscaled(word);
        return (word & 0xFFFFF0FF) == 0xD50330BF ? Barrier((word >> 8) & 15) : null;
    }

    /// <summary>Load and store exclusive, load-acquire, store-release, compare and swap.</summary>
    private static Operation Exclusive(uint word)
    {
        bool notExclusive = Bit(word, 23);
        bool load = Bit(word, 22);
        bool pairOrSwap = Bit(word, 21);
        bool ordered = Bit(word, 15);
        (OrderKind kind, string name) = (notExclusive, pairOrSwap, load, ordered) switch
        {
            (true, false, true, true) => (OrderKind.Acquire, "ldar"),
            (true, false, false, true) => (OrderKind.Release, "stlr"),
            (true, true, true, true) => (OrderKind.ReadModifyWrite, "casal"),
            (true, true, _, _) => (OrderKind.Weak, "cas"),
            (false, false, true, true) => (OrderKind.Weak, "ldaxr"),
            (false, false, false, true) => (OrderKind.Weak, "stlxr"),
            _ => (OrderKind.Weak, "exclusive"),
        };
        return Sized(kind, name, word);
    }

    /// <summary>Atomic arithmetic, swap, and load-acquire that may pass an earlier store-release.</summary>
    private static Operation Atomic(uint word)
    {
        bool acquires = Bit(word, 23);
        bool releases = Bit(word, 22);
        uint operation = (word >> 12) & 7;
        if (Bit(word, 15) && operation == 4)
            return Sized(OrderKind.Acquire, "ldapr", word);
        string name = Bit(word, 15) ? "swp" : Arithmetic[operation];
        return acquires && releases
            ? Sized(OrderKind.ReadModifyWrite, $"{name}al", word)
            : Sized(OrderKind.Weak, name, word);
    }

    private static Operation Unscaled(uint word) => ((word >> 22) & 3) == 0
        ? Sized(OrderKind.Release, "stlur", word)
        : Sized(OrderKind.Acquire, "ldapur", word);

    private static Operation Barrier(uint domain) => domain switch
    {
        11 => new(OrderKind.Fence, "dmb ish"),
        15 => new(OrderKind.Fence, "dmb sy"),
        _ => new(OrderKind.Weak, $"dmb #{domain}"),
    };

    private static Operation Sized(OrderKind kind, string name, uint word) => new(kind, $"{name} {Sizes[(int)(word >> 30)]}");

    private static bool Bit(uint word, int bit) => ((word >> bit) & 1) != 0;
}
