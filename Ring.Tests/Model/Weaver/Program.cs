using Ring.Tests.Model.Weaver;

if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: weaver <in.dll> <out.dll> <sites.txt>");
    return 2;
}

AssemblyWeaver weaver = new(args[0]);
weaver.Weave();
foreach (string unknown in weaver.Unknown)
    Console.Error.WriteLine($"weaver: error: {unknown}");
if (weaver.Unknown.Count > 0)
    return 1;
weaver.Write(args[1]);
File.WriteAllLines(args[2], weaver.Sites.Distinct().Order(StringComparer.Ordinal));
Console.WriteLine($"{Path.GetFileName(args[1])}: {weaver.Sites.Count} sites, {weaver.PlainAccesses} plain accesses woven.");
return 0;
