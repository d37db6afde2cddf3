namespace Ring.Tracing;

/// <summary>SOFATracer's comma-separated form: the values without their names, escaped as <see cref="SofaEscapes"/> says.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaTextWriter(int textLength = OtlpLimits.TextCharacters) : SofaWriter(textLength)
{
    private bool _isFirst;

    public override void End() => Output.Append((byte)'\n');

    public override void BeginText(ReadOnlySpan<byte> name) => BeginCell();

    public override void Append(string text) => Output.AppendCell(text);

    public override void EndText()
    {
        // The next cell begins with the comma.
    }

    public override void Number(ReadOnlySpan<byte> name, long value, ReadOnlySpan<byte> unit = default)
    {
        BeginCell();
        Output.AppendNumber(value);
        Output.Append(unit);
    }

    public override void BeginGroup(ReadOnlySpan<byte> name)
    {
        // The fields of a group are cells of the line.
    }

    public override void EndGroup()
    {
        // As it did not begin.
    }

    public override bool BeginTags(bool hasCell)
    {
        if (hasCell)
            BeginCell();

        return hasCell;
    }

    public override bool Tag(string prefix, in SpanTag tag)
    {
        BeginPair(prefix, tag.Key);
        if (!TryAppendUnboxed(in tag))
        {
            if (TextOf(tag.Value) is not { } text)
                return false;

            Output.AppendInPair(text);
        }

        EndPair();
        return true;
    }

    public override void TextTag(string key, string text)
    {
        BeginPair(string.Empty, key);
        Output.AppendInPair(text);
        EndPair();
    }

    public override void IdTag(string key, ulong id)
    {
        BeginPair(string.Empty, key);
        Output.AppendHex(id);
        EndPair();
    }

    protected override void BeginLine() => _isFirst = true;

    private void BeginPair(string prefix, string key)
    {
        Output.AppendText(prefix);
        Output.AppendInPair(key);
        Output.Append((byte)'=');
    }

    private void EndPair() => Output.Append((byte)'&');

    private void BeginCell()
    {
        if (!_isFirst)
            Output.Append((byte)',');

        _isFirst = false;
    }
}
