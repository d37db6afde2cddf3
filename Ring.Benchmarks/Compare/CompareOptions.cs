namespace Ring.Benchmarks.Compare;

/// <summary>What the command line of a comparison asks for.</summary>
/// <param name="IsQuick">Minutes instead of half an hour; without topologies and scale, unless <c>--only</c> asks for them.</param>
/// <param name="IsPinned">Whether each thread is bound to a processor.</param>
/// <param name="Only">Beginnings of the ids of the cases to run; none for all.</param>
/// <param name="Output">The folder for the report; null for none.</param>
internal sealed record CompareOptions(bool IsQuick, bool IsPinned, string[] Only, string? Output)
{
    public const string Usage = "compare [--quick] [--pin] [--only CASE,CASE] [--output FOLDER]";

    public Effort Effort => IsQuick ? Effort.Quick : Effort.Full;

    /// <exception cref="ArgumentException">An argument is none of these.</exception>
    public static CompareOptions Parse(ReadOnlySpan<string> arguments)
    {
        CompareOptions options = new(IsQuick: false, IsPinned: false, [], Output: null);
        while (arguments.Length > 0)
        {
            (options, int taken) = arguments switch
            {
                ["--quick", ..] => (options with { IsQuick = true }, 1),
                ["--pin", ..] => (options with { IsPinned = true }, 1),
                ["--only", var only, ..] => (options with { Only = only.Split(',') }, 2),
                ["--output", var folder, ..] => (options with { Output = folder }, 2),
                _ => throw new ArgumentException($"'{arguments[0]}' is not known, or lacks its value: {Usage}", nameof(arguments)),
            };
            arguments = arguments[taken..];
        }

        return options;
    }

    /// <summary>As it stands on the command line, each with a blank before it.</summary>
    public override string ToString() => string.Concat(
        IsQuick ? " --quick" : "",
        IsPinned ? " --pin" : "",
        Only.Length > 0 ? $" --only {string.Join(',', Only)}" : "",
        Output is null ? "" : $" --output {Output}");

    public bool Wants(string caseId) => Only.Length == 0 || Array.Exists(Only, only => IsMeant(caseId, only));

    public static bool IsMeant(string caseId, string beginning) => caseId.StartsWith(beginning, StringComparison.Ordinal);
}
