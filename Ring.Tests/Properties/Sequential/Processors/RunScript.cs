namespace Ring.Tests.Properties.Sequential;

/// <summary>One run of a processor: what happens whenever it waits; it is halted when nothing is left to happen.</summary>
internal sealed record RunScript(bool StartThrows, bool EndThrows, Idle[] Idles)
{
    public override string ToString() =>
        $"Run({(StartThrows ? "the start throws; " : "")}{string.Join(", ", Idles)}{(EndThrows ? "; the end throws" : "")})";
}
