using Mono.Cecil;
using Mono.Cecil.Rocks;
using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Weaver;

/// <summary>
/// Takes a compiled assembly to the machine of the model checker: its System.Threading becomes the stand-ins, its plain
/// accesses to fields become checked ones, and the places that call accessors say their names.
/// </summary>
/// <remarks>What it does not know, it reports: an access that escapes the checker would be worse than none.</remarks>
internal sealed class AssemblyWeaver
{
    /// <summary>
    /// Types next to the replaced ones that do nothing by themselves. Tasks are how a disruptor tells its owner of its end: nothing
    /// in Ring.Core waits for one, so that the real ones order nothing that a program could see.
    /// </summary>
    private static readonly HashSet<string> Harmless =
    [
        "System.Threading.Timeout", "System.Threading.ThreadStart", "System.Threading.ThreadState",
        "System.Threading.ThreadInterruptedException", "System.Threading.ThreadPriority",
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1",
        "System.Threading.Tasks.TaskCompletionSource`1", "System.Threading.Tasks.TaskCreationOptions",
    ];

    private readonly ModuleDefinition _module;
    private readonly ModuleDefinition _shadows;
    private readonly List<string> _unknown = [];

    public AssemblyWeaver(string path)
    {
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(path)));
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        _module = ModuleDefinition.ReadModule(path, new ReaderParameters { ReadSymbols = true, AssemblyResolver = resolver });
        _shadows = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "Ring.Tests.Model.Shadows.dll"));
    }

    public IReadOnlyList<string> Unknown => _unknown;

    public List<string> Sites { get; } = [];

    public int PlainAccesses { get; private set; }

    public void Weave()
    {
        RetargetTypes();
        CheckMembers();
        Accessors accessors = new(_module);
        MachineMethods machine = new(_module, typeof(Machine));
        foreach (MethodDefinition method in _module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            MethodWeaver weaver = new(method, accessors, machine, _unknown);
            weaver.Weave();
            Sites.AddRange(weaver.Sites);
            PlainAccesses += weaver.PlainAccesses;
        }
    }

    public void Write(string path) => _module.Write(path, new WriterParameters { WriteSymbols = true });

    /// <summary>As the stand-ins have the names and the signatures of the real types, only the assembly is to be changed.</summary>
    private void RetargetTypes()
    {
        AssemblyNameReference target = _shadows.Assembly.Name;
        _module.AssemblyReferences.Add(target);
        foreach (TypeReference type in _module.GetTypeReferences())
        {
            if (_shadows.GetType(type.FullName) is not null)
                type.Scope = target;
            else if (type.Namespace.StartsWith("System.Threading", StringComparison.Ordinal) && !Harmless.Contains(type.FullName))
                _unknown.Add($"{type.FullName} has no stand-in.");
        }
    }

    private void CheckMembers()
    {
        foreach (MemberReference member in _module.GetMemberReferences())
        {
            if (member.DeclaringType.GetElementType().Scope.Name == _shadows.Assembly.Name.Name && !IsKnown(member))
                _unknown.Add($"{member.FullName}: its stand-in has no such member.");
        }
    }

    private bool IsKnown(MemberReference member)
    {
        TypeDefinition type = _shadows.GetType(member.DeclaringType.GetElementType().FullName);
        return member is MethodReference method
            ? type.Methods.Any(candidate => IsSame(candidate, method))
            : type.Fields.Any(field => field.Name == member.Name);
    }

    private static bool IsSame(MethodDefinition candidate, MethodReference method) =>
        candidate.Name == method.Name
        && candidate.HasThis == method.HasThis
        && candidate.GenericParameters.Count == method.GenericParameters.Count
        && TypesOf(candidate).SequenceEqual(TypesOf(method));

    /// <summary>Generic parameters have names where they are defined, and numbers where they are used.</summary>
    private static IEnumerable<string> TypesOf(MethodReference method) => method.Parameters
        .Select(parameter => parameter.ParameterType)
        .Append(method.ReturnType)
        .Select(type => type.GetElementType() is GenericParameter parameter
            ? $"!!{parameter.Position}{(type.IsByReference ? "&" : "")}"
            : type.FullName);
}
