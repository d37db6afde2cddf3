namespace Ring.Tests.Properties.Sequential;

/// <summary>What goes wrong at the ends of a run.</summary>
internal enum RunFlaw
{
    None,
    StartThrows,
    EndThrows,
}
