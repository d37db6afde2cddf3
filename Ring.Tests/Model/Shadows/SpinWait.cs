using Ring.Tests.Model.Engine;

namespace System.Threading;

/// <inheritdoc cref="Volatile"/>
/// <remarks>
/// The real one spins ten times before it first yields; once is enough to go through that phase. From then on a look that
/// finds nothing new is not repeated.
/// </remarks>
public struct SpinWait
{
    private const int BriefSpins = 1;

    public int Count { get; private set; }

    public readonly bool NextSpinWillYield => Count >= BriefSpins;

    public void SpinOnce()
    {
        if (NextSpinWillYield)
            Machine.SpinHint();
        else
            Count++;
    }

    public void SpinOnce(int sleep1Threshold) => SpinOnce();

    public void Reset() => Count = 0;
}
