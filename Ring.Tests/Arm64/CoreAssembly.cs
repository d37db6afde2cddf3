using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Ring.Tests.Arm64;

/// <summary>Ring.Core as it is shipped: what its code demands, and copies of it to compile.</summary>
internal sealed partial class CoreAssembly : IDisposable
{
    /// <summary>The type with one method for each generic method, which makes the compiler compile it for a struct.</summary>
    private const string Roots = "StructRoots";

    /// <summary>At the end of the name of a method that is compiled for a struct.</summary>
    public const string ForStruct = " (struct)";

    private readonly ModuleDefinition _module;
    private readonly Accessors _accessors;
    private readonly Dictionary<string, MethodDefinition[]> _methods;

    public CoreAssembly(string path)
    {
        _module = ModuleDefinition.ReadModule(path, new ReaderParameters { ReadSymbols = true });
        _accessors = new Accessors(_module);
        _methods = Bodies.GroupBy(SymbolOf).ToDictionary(group => group.Key, group => group.ToArray());
    }

    private IEnumerable<MethodDefinition> Bodies =>
        _module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    public void Dispose() => _module.Dispose();

    /// <summary>
    /// Leaves the code as it is, but makes accessors always inlined and nothing else ever: each site then belongs to one
    /// method of the source and of the image.
    /// </summary>
    public void PinInlining()
    {
        foreach (MethodDefinition method in Bodies)
        {
            method.NoInlining = !_accessors.PassesOn(method);
            method.AggressiveInlining = !method.NoInlining;
        }
    }

    /// <summary>Writes it, with somebody who uses its generic types over a struct.</summary>
    public void Write(string path)
    {
        StructRoots.Add(_module, Roots);
        _module.Write(path);
    }

    /// <summary>The source's methods with what they demand, those that demand nothing left out; overloads together.</summary>
    /// <param name="isInlined">Whether a method is in its callers and nowhere else: it is left out, and what it demands is theirs.</param>
    public SortedDictionary<string, Site[]> Demands(Predicate<string> isInlined)
    {
        SortedDictionary<string, Site[]> demands = new(StringComparer.Ordinal);
        foreach (MethodDefinition[] overloads in _methods.Values.Where(group => !group.All(_accessors.PassesOn)))
        {
            Site[] sites = [.. overloads.SelectMany(method => SitesIn(method, isInlined))];
            if (sites.Length > 0 && !isInlined(NameOf(overloads[0])))
                demands.Add(NameOf(overloads[0]), sites);
        }

        return demands;
    }

    /// <summary>The name of a compiled method in the source, marked when it is the one for a struct.</summary>
    public string NameOf(CompiledMethod compiled)
    {
        string symbol = Arguments().Replace(compiled.Symbol, "");
        if (!_methods.TryGetValue(symbol, out MethodDefinition[]? overloads)
            && !_methods.TryGetValue(OverloadNumber().Replace(symbol, ""), out overloads))
            return compiled.Symbol;
        return NameOf(overloads[0]) + (compiled.Symbol.Contains(Roots, StringComparison.Ordinal) ? ForStruct : "");
    }

    private IEnumerable<Site> SitesIn(MethodDefinition method, Predicate<string> isInlined) =>
        _accessors.SitesIn(method).Concat(
            from called in Accessors.CallsIn(method).Select(called => called.Resolve())
            where called?.Module == _module && isInlined(NameOf(called)) && !_accessors.PassesOn(called)
            from site in SitesIn(called, isInlined)
            select site);

    private static string NameOf(MethodDefinition method) =>
        $"{method.DeclaringType.FullName[(method.DeclaringType.FullName.LastIndexOf('.') + 1)..].Split('`')[0]}.{method.Name}";

    /// <summary>As crossgen2 writes names: everything but letters and digits becomes an underscore.</summary>
    private static string SymbolOf(MethodDefinition method) =>
        $"Ring_Core_{Special().Replace(method.DeclaringType.FullName, "_")}__{Special().Replace(method.Name, "_")}";

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex Special();

    [GeneratedRegex("<.*?>+")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex OverloadNumber();
}
