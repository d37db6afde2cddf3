using System.Buffers.Binary;
using System.Globalization;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Ring.Tests.Arm64;

/// <summary>The machine code of an image that crossgen2 has compiled, read with the map that it writes.</summary>
internal sealed partial class CompiledImage
{
    private const string MethodNode = ",MethodWithGCInfo";

    private readonly Dictionary<int, Operation> _calls = [];
    private readonly List<CompiledMethod> _methods = [];

    public CompiledImage(string path)
    {
        using PEReader image = new(File.OpenRead(path));
        string[][] map = [.. File.ReadLines(Path.ChangeExtension(path, ".map.csv")).Skip(1).Select(line => line.Split(',', 5))];
        NoteCalls(map);
        foreach (string[] row in map.Where(row => row[4].EndsWith(MethodNode, StringComparison.Ordinal)))
            _methods.Add(new(row[4][..^MethodNode.Length], Operations(image, Address(row), int.Parse(row[1], CultureInfo.InvariantCulture))));
    }

    public IReadOnlyList<CompiledMethod> Methods => _methods;

    /// <summary>Without LSE the JIT writes a loop, and a full fence behind it, for one operation.</summary>
    private static IEnumerable<Operation> FoldLoops(List<Operation> operations)
    {
        for (int i = 0; i < operations.Count; i++)
        {
            bool isLoop = i + 2 < operations.Count
                && operations[i].Text.StartsWith("ldaxr", StringComparison.Ordinal)
                && operations[i + 1].Text.StartsWith("stlxr", StringComparison.Ordinal)
                && operations[i + 2].Kind == OrderKind.Fence;
            yield return isLoop
                ? new(OrderKind.ReadModifyWrite, $"ldaxr+stlxr+dmb {operations[i].Text[^1]}")
                : operations[i];
            i += isLoop ? 2 : 0;
        }
    }

    private static int Address(string[] row) => Convert.ToInt32(row[0], 16);

    /// <summary>
    /// A call goes through a cell of its own for each method that is called. Where native code is called without a method in
    /// between, the method's own cell only marks the frame.
    /// </summary>
    private void NoteCalls(string[][] map)
    {
        Match[] calls = [.. map.Select(row => OrderingCall().Match(row[4]))];
        HashSet<string> native = [.. calls.Where(call => call.Groups["native"].Success).Select(Method)];
        for (int i = 0; i < map.Length; i++)
        {
            if (calls[i].Success && (calls[i].Groups["native"].Success || !native.Contains(Method(calls[i]))))
                _calls.Add(Address(map[i]), new(KindOf(calls[i]), $"call {Method(calls[i])}"));
        }
    }

    private static string Method(Match call) => $"{call.Groups["type"].Value}.{call.Groups["method"].Value}";

    /// <summary>A call of an accessor of Ring.Core is nothing by itself: the accessor is.</summary>
    private static OrderKind KindOf(Match call)
    {
        if (call.Groups["core"].Success)
            return OrderKind.None;
        return Method(call).EndsWith("ProcessWide", StringComparison.Ordinal) ? OrderKind.ProcessWide : OrderKind.ReadModifyWrite;
    }

    private Operation[] Operations(PEReader image, int address, int length)
    {
        ReadOnlySpan<byte> code = image.GetSectionData(address).GetContent(0, length).AsSpan();
        List<Operation> operations = [];
        for (int offset = 0; offset < length; offset += sizeof(uint))
        {
            Operation? operation = Decoder.Decode(Word(code, offset)) ?? Call(Word(code, offset), Word(code, offset + sizeof(uint)), address + offset);
            if (operation is not null)
                operations.Add(operation);
        }

        return [.. FoldLoops(operations)];
    }

    private static uint Word(ReadOnlySpan<byte> code, int offset) =>
        offset < code.Length ? BinaryPrimitives.ReadUInt32LittleEndian(code[offset..]) : 0;

    /// <summary><c>adrp</c> and <c>add</c> make the address of a cell, which is good for nothing but a call.</summary>
    private Operation? Call(uint page, uint add, int address)
    {
        bool isAddress = (page & 0x9F000000) == 0x90000000 && (add & 0xFFC00000) == 0x91000000;
        if (!isAddress)
            return null;
        int pages = ((int)(page << 8) >> 13 << 2) | (int)((page >> 29) & 3);
        int target = (address & ~0xFFF) + (pages << 12) + (int)((add >> 10) & 0xFFF);
        return _calls.GetValueOrDefault(target);
    }

    [GeneratedRegex(@"(?:MethodEntry|(?<native>IndirectPInvokeTarget)): (?:S_P_CoreLib_System_Threading_(?<type>Interlocked|Volatile)"
        + @"|(?<core>Ring_Core_Ring_Core)_(?<type>Fence|StampArray|Atomic\w+?|Padded\w+?)(?:_1<\w+>)?)___?(?<method>[A-Za-z]+)")]
    private static partial Regex OrderingCall();
}
