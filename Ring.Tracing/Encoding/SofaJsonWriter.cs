using System.Globalization;

namespace Ring.Tracing;

/// <summary>SOFATracer's JSON form: one object a line, with values that are escaped, which the real one leaves out.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class SofaJsonWriter(int textLength = OtlpLimits.TextCharacters) : SofaWriter(textLength)
{
    public override void End() => Output.Append("}\n"u8);

    public override void BeginText(ReadOnlySpan<byte> name)
    {
        BeginField(name);
        Output.Append((byte)'"');
    }

    public override void Append(string text) => Output.AppendJsonContent(text, OtlpLimits.TextCharacters);

    public override void EndText() => Output.Append((byte)'"');

    public override void Number(ReadOnlySpan<byte> name, long value, ReadOnlySpan<byte> unit = default)
    {
        BeginField(name);
        Output.AppendNumber(value);
    }

    public override void BeginGroup(ReadOnlySpan<byte> name)
    {
        BeginField(name);
        Output.Append((byte)'{');
    }

    public override void EndGroup() => Output.Append((byte)'}');

    public override bool BeginTags(bool hasCell) => true;

    public override bool Tag(string prefix, in SpanTag tag)
    {
        BeginTag(prefix, tag.Key);
        return TryAppendUnboxed(in tag) || TryAppendTyped(tag.Value);
    }

    public override void TextTag(string key, string text)
    {
        BeginTag(string.Empty, key);
        Output.AppendJson(text, OtlpLimits.TextCharacters);
    }

    public override void IdTag(string key, ulong id)
    {
        BeginTag(string.Empty, key);
        Output.Append((byte)'"');
        Output.AppendHex(id);
        Output.Append((byte)'"');
    }

    protected override void BeginLine() => Output.Append((byte)'{');

    private void BeginField(ReadOnlySpan<byte> name)
    {
        BeginMember();
        Output.Append(name);
        Output.Append("\":"u8);
    }

    private void BeginMember()
    {
        // Every value ends with something else: a quote, a digit, a letter or a closing brace.
        if (Output.Bytes[Output.Length - 1] != (byte)'{')
            Output.Append((byte)',');

        Output.Append((byte)'"');
    }

    private void BeginTag(string prefix, string key)
    {
        BeginMember();
        Output.AppendText(prefix);
        Append(key);
        Output.Append("\":"u8);
    }

    private bool TryAppendTyped(object? value)
    {
        switch (value)
        {
            case null:
                Output.Append("null"u8);
                return true;
            case bool flag:
                Output.Append(flag ? "true"u8 : "false"u8);
                return true;
            case byte or sbyte or short or ushort or int or uint or long:
                Output.AppendNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case float number when !float.IsNaN(number) && !float.IsInfinity(number):
                Output.AppendNumber((double)number);
                return true;
            case double number when !double.IsNaN(number) && !double.IsInfinity(number):
                Output.AppendNumber(number);
                return true;
            default:
                return TryAppendText(value);
        }
    }

    private bool TryAppendText(object value)
    {
        if (TextOf(value) is not { } text)
            return false;

        Output.AppendJson(text, OtlpLimits.TextCharacters);
        return true;
    }
}
