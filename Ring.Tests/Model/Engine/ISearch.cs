namespace Ring.Tests.Model.Engine;

/// <summary>Decides what happens in an execution, wherever more than one thing can.</summary>
internal interface ISearch
{
    /// <summary>
    /// Whether the rest of this execution need not branch, because its state was explored before: it is brought to its end
    /// with the newest values and without switches, never cut off, since code under test may catch exceptions.
    /// </summary>
    bool IsFinishing { get; }

    /// <summary>How many states were told apart.</summary>
    long States { get; }

    /// <summary>Accesses that need no scheduling point; null when every access has one.</summary>
    PrivateAccesses? Private { get; }

    void Begin();

    /// <summary>Which of the possible steps is next: an index.</summary>
    int ChooseStep(Execution execution, List<Step> steps);

    /// <summary>Which of the readable messages a load reads: 0 for the newest.</summary>
    int ChooseMessage(int count);

    /// <summary>Nothing new can come of this execution.</summary>
    void Finish();

    /// <summary>The execution was disturbed and does not count: the next one is to make the same decisions.</summary>
    void Repeat();

    /// <summary>Turns to the next execution; false when there is none.</summary>
    bool Advance();
}
