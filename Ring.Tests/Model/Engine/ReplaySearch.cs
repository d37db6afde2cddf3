namespace Ring.Tests.Model.Engine;

/// <summary>Makes the decisions of an earlier execution again; where they end, the first that can be made.</summary>
internal sealed class ReplaySearch(string decisions, PrivateAccesses? accesses = null) : ISearch
{
    private const string Ages = "0123456789abcdefghijklmnopqrstuvwxyz";
    private int _position;

    public bool IsFinishing => false;

    public long States => 0;

    public PrivateAccesses? Private => accesses;

    /// <summary>How a replay names the choice of a message.</summary>
    public static char TokenOf(int age) => Ages[Math.Min(age, Ages.Length - 1)];

    public void Begin() => _position = 0;

    public void Finish()
    {
    }

    public int ChooseMessage(int count)
    {
        int age = _position < decisions.Length ? Ages.IndexOf(decisions[_position++], StringComparison.Ordinal) : 0;
        return age >= 0 && age < count ? age : throw Mismatch();
    }

    public int ChooseStep(Execution execution, List<Step> steps)
    {
        if (steps.Count == 1 || _position >= decisions.Length)
            return 0;
        char token = decisions[_position++];
        int chosen = steps.FindIndex(step => step.Token == token);
        return chosen >= 0 ? chosen : throw Mismatch();
    }

    public void Repeat() => accesses?.Forget();

    public bool Advance() => false;

    private ModelFailureException Mismatch() =>
        new($"The replay does not fit the program: no such choice at decision {_position} of {decisions.Length}.");
}
