using Ring.Tests.Model.Engine;

namespace Ring.Tests.Model.Litmus;

/// <summary>Shared cells X, Y, Z, a plain one, and registers that belong to one thread each.</summary>
internal sealed class Cells
{
    public int X;
    public int Y;
    public int Z;
    public object Gate = new();
    private int _plain;

    public Cells()
    {
        Machine.Name(ref X, "X");
        Machine.Name(ref Y, "Y");
        Machine.Name(ref Z, "Z");
        Machine.Name(ref _plain, "Plain");
    }

    /// <summary>Not atomic: races are found.</summary>
    public int Plain
    {
        get => Machine.PlainLoad(ref _plain);
        set => Machine.PlainStore(ref _plain, value);
    }

    public int R1 { get; set; }

    public int R2 { get; set; }

    public int R3 { get; set; }

    public int R4 { get; set; }

    public void ShowTwo() => Machine.Outcome($"{R1}{R2}");

    public void ShowThree() => Machine.Outcome($"{R1}{R2}{R3}");

    public void ShowFour() => Machine.Outcome($"{R1}{R2}{R3}{R4}");

    /// <summary>What the cells hold after all threads were joined.</summary>
    public void ShowMemory() => Machine.Outcome($"{Volatile.Read(ref X)}{Volatile.Read(ref Y)}");
}
