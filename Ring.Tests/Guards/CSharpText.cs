using System.Text;

namespace Ring.Tests.Guards;

/// <summary>
/// Blanks comments, strings and characters of C# and leaves the rest where it was, also the code inside interpolated
/// strings. Knows no preprocessor: the code of all branches counts.
/// </summary>
internal sealed class CSharpText
{
    private readonly string _text;
    private readonly StringBuilder _code;
    private int _position;

    private CSharpText(string text)
    {
        _text = text;
        _code = new StringBuilder(text.Length);
    }

    private bool IsAtEnd => _position >= _text.Length;

    public static string WithoutCommentsAndStrings(string text)
    {
        CSharpText reader = new(text);
        while (!reader.IsAtEnd)
            reader.ReadCode();
        return reader._code.ToString();
    }

    private void ReadCode()
    {
        if (Sees("//"))
            BlankUntil("\n", takesEnd: false);
        else if (Sees("/*"))
            BlankUntil("*/", takesEnd: true);
        else if (Sees("'"))
            ReadCharacter();
        else if (Prefix() is { } prefix)
            ReadString(prefix);
        else
            Keep();
    }

    /// <summary>What stands before the quotes of a string that begins here: dollars, an at sign, both or nothing.</summary>
    private string? Prefix()
    {
        int end = _position;
        while (end < _text.Length && _text[end] is '$' or '@')
            end++;
        return end < _text.Length && _text[end] == '"' ? _text[_position..end] : null;
    }

    private void ReadString(string prefix)
    {
        Blank(prefix.Length);
        int quotes = 0;
        while (_position + quotes < _text.Length && _text[_position + quotes] == '"')
            quotes++;
        bool isRaw = quotes >= 3;
        string end = isRaw ? new string('"', quotes) : "\"";
        bool isEmpty = quotes == 2;
        Blank(isRaw ? quotes : 1);
        int holes = prefix.Count(character => character == '$');
        ReadContent(end, escapes: isRaw ? "" : prefix.Contains('@') ? "\"" : "\\", new string('{', holes), isEmpty);
    }

    private void ReadContent(string end, string escapes, string hole, bool isEmpty)
    {
        if (isEmpty)
        {
            Blank(end.Length);
            return;
        }

        while (!IsAtEnd)
        {
            if (IsEscape(escapes) || (hole == "{" && Sees("{{")))
                Blank(2);
            else if (Sees(end))
                break;
            else if (hole.Length > 0 && Sees(hole))
                ReadHole(hole.Length);
            else
                Blank(1);
        }

        Blank(end.Length);
    }

    private bool IsEscape(string escapes) => escapes switch
    {
        "" => false,
        "\"" => Sees("\"\""),
        _ => Sees(escapes),
    };

    private void ReadHole(int braces)
    {
        Blank(braces);
        int depth = 1;
        while (!IsAtEnd)
        {
            depth += Sees("{") ? 1 : Sees("}") ? -1 : 0;
            if (depth == 0)
                break;
            ReadCode();
        }

        Blank(braces);
    }

    private void ReadCharacter()
    {
        Blank(1);
        while (!IsAtEnd && !Sees("'"))
            Blank(Sees("\\") ? 2 : 1);
        Blank(1);
    }

    private void BlankUntil(string end, bool takesEnd)
    {
        int found = _text.IndexOf(end, _position, StringComparison.Ordinal);
        int stop = found < 0 ? _text.Length : found + (takesEnd ? end.Length : 0);
        Blank(stop - _position);
    }

    private bool Sees(string token) => string.CompareOrdinal(_text, _position, token, 0, token.Length) == 0;

    private void Keep() => _code.Append(_text[_position++]);

    private void Blank(int count)
    {
        for (int stop = Math.Min(_position + count, _text.Length); _position < stop; _position++)
            _code.Append(_text[_position] is '\n' or '\r' ? _text[_position] : ' ');
    }
}
