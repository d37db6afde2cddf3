using System.Text;

namespace Ring.Tests.Model.Engine;

/// <summary>What the threads of a failed execution did, in the order in which they did it.</summary>
internal sealed class Trace
{
    private readonly List<(ModelThread Thread, string Text, string Site)> _entries = [];
    private readonly Dictionary<nuint, string> _names = [];
    private readonly Dictionary<string, int> _uses = [];

    public void Clear()
    {
        _entries.Clear();
        _names.Clear();
        _uses.Clear();
    }

    public void Add(ModelThread thread, string text) => _entries.Add((thread, text, ""));

    public void AddAccess<T>(ModelThread thread, string operation, ref T cell, string value)
    {
        CallSite site = CallSite.Find();
        _entries.Add((thread, $"{operation} {NameOf(ref cell, site)} {value}".TrimEnd(), site.Text));
    }

    /// <summary>The name of a cell: what the program has said, or else how the first access to it was written.</summary>
    public string NameOf<T>(ref T cell) => NameOf(ref cell, CallSite.Find());

    public void Name<T>(ref T cell, string name) => _names[Address.Of(ref cell)] = name;

    /// <summary>One row for each entry, one column for each thread.</summary>
    public override string ToString()
    {
        ModelThread[] threads = [.. _entries.Select(entry => entry.Thread).Distinct().OrderBy(thread => thread.Id)];
        int[] widths = Array.ConvertAll(threads, WidthOf);
        StringBuilder text = new();
        for (int i = 0; i < threads.Length; i++)
            text.Append(HeaderOf(threads[i]).PadRight(widths[i])).Append(" | ");
        text.AppendLine();
        foreach ((ModelThread thread, string entry, string site) in _entries)
        {
            for (int i = 0; i < threads.Length; i++)
                text.Append((threads[i] == thread ? entry : "").PadRight(widths[i])).Append(" | ");
            text.AppendLine(site);
        }

        return text.ToString();
    }

    private static string HeaderOf(ModelThread thread) => $"T{thread.Id} {thread.Name}";

    private int WidthOf(ModelThread thread) => _entries
        .Where(entry => entry.Thread == thread)
        .Select(entry => entry.Text.Length)
        .Append(HeaderOf(thread).Length)
        .Max();

    private string NameOf<T>(ref T cell, CallSite site)
    {
        nuint address = Address.Of(ref cell);
        if (_names.TryGetValue(address, out string? name))
            return name;
        int uses = _uses[site.Cell] = _uses.GetValueOrDefault(site.Cell) + 1;
        return _names[address] = uses == 1 ? site.Cell : $"{site.Cell}#{uses}";
    }
}
