using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Ring.Tests.Model.Engine;

/// <summary>Where in the code under test an operation comes from. Only for traces: it walks the stack and reads the source.</summary>
/// <param name="Text">Type, method and line.</param>
/// <param name="Cell">The cell that the line names.</param>
internal sealed partial record CallSite(string Text, string Cell)
{
    private static readonly ConcurrentDictionary<(MethodBase Method, int Offset), CallSite> Known = [];

    public static CallSite Find()
    {
        StackFrame[] frames = new StackTrace(fNeedFileInfo: false).GetFrames();
        int index = Array.FindIndex(frames, IsOfInterest);
        if (index < 0)
            return new CallSite("", "cell");
        // With its file and line a frame is a hundred times slower to get.
        return Known.GetOrAdd(
            (frames[index].GetMethod()!, frames[index].GetILOffset()),
            key => Describe(key.Method, new StackTrace(fNeedFileInfo: true).GetFrames().First(IsOfInterest)));
    }

    private static CallSite Describe(MethodBase method, StackFrame frame)
    {
        string type = NameOf(method.DeclaringType);
        Match cell = CellExpression().Match(SourceLine(frame));
        string name = cell.Success ? $"{type}.{cell.Groups["cell"].Value}" : type;
        return new CallSite($"{type}.{method.Name}:{frame.GetFileLineNumber()}", name);
    }

    /// <summary>Not the engine, not its stand-ins for System.Threading, and not the accessors, which are structs.</summary>
    private static bool IsOfInterest(StackFrame frame)
    {
        Type? type = frame.GetMethod()?.DeclaringType;
        if (type is null || type.Assembly == typeof(CallSite).Assembly)
            return false;
        return !(type.Namespace ?? "").StartsWith("System", StringComparison.Ordinal)
            && !(type.IsValueType && type.Namespace == "Ring.Core")
            && type.Name != "Fence";
    }

    private static string NameOf(Type? type)
    {
        while (type is not null && type.Name.StartsWith('<'))
            type = type.DeclaringType;
        string name = type?.Name ?? "";
        int arity = name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? name : name[..arity];
    }

    private static string SourceLine(StackFrame frame)
    {
        string? file = frame.GetFileName();
        int number = frame.GetFileLineNumber();
        return file is not null && File.Exists(file) && number > 0 ? File.ReadLines(file).ElementAtOrDefault(number - 1) ?? "" : "";
    }

    [GeneratedRegex(@"(?<cell>_\w+)(\.\w+)?\s*\.\s*(Read|Write|CompareExchange|Add|Exchange)|ref\s+(?<cell>[\w.]+)")]
    private static partial Regex CellExpression();
}
