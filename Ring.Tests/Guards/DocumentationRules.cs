using System.Xml.Linq;

namespace Ring.Tests.Guards;

/// <summary>What the documentation file of an assembly must hold for its public types.</summary>
internal sealed class DocumentationRules(XDocument file)
{
    private readonly Dictionary<string, XElement> _members =
        file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public IEnumerable<string> Violations(IEnumerable<Type> types) => types.SelectMany(Violations);

    private IEnumerable<string> Violations(Type type)
    {
        foreach (string id in DocumentationIds.OfMembers(type).Prepend(DocumentationIds.Of(type)))
        {
            if (!IsDocumented(id))
                yield return $"{id} has no summary.";
        }

        if (!SaysWhichThreads(DocumentationIds.Of(type)))
            yield return $"{DocumentationIds.Of(type)} has no remarks about threads.";
    }

    private bool IsDocumented(string id) =>
        _members.TryGetValue(id, out XElement? member)
        && (member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value));

    private bool SaysWhichThreads(string id) =>
        _members.TryGetValue(id, out XElement? member)
        && member.Element("remarks")?.Value.Contains("thread", StringComparison.OrdinalIgnoreCase) == true;
}
