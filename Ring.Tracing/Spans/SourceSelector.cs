using System.Diagnostics;

namespace Ring.Tracing;

/// <summary>Decides which activity sources are captured: by name, and by the user's own rule.</summary>
/// <remarks>Immutable, so safe on any thread.</remarks>
internal sealed class SourceSelector(SourceNameFilter names, Predicate<ActivitySource>? rule)
{
    public bool Selects(ActivitySource source)
    {
        if (names.Matches(source.Name))
            return true;

        try
        {
            return rule is not null && rule(source);
        }
        catch (Exception)
        {
            // It is asked while the application makes its source: nothing may come out of here.
            return false;
        }
    }
}
