using System.Numerics;

namespace Ring.Tests.Model.Engine;

/// <summary>
/// A running 128-bit hash of a sequence of numbers, in the manner of MurmurHash3. Wide enough that two different states of a
/// run do not meet: with ten million of them the chance is about 10^-25.
/// </summary>
internal record struct Hash128(ulong A, ulong B)
{
    public void Mix(long value)
    {
        A = (BitOperations.RotateLeft(A ^ ((ulong)value * 0x87C37B91114253D5), 31) * 0x4CF5AD432745937F) + 0x52DCE729;
        B = (BitOperations.RotateLeft(B ^ ((ulong)value * 0xC2B2AE3D27D4EB4F), 33) * 0x9E3779B97F4A7C15) + 0x38495AB5;
    }

    public void Mix(Hash128 other)
    {
        Mix((long)other.A);
        Mix((long)other.B);
    }

    /// <summary>Adds an element of a set: the order in which elements are added does not matter.</summary>
    public void Add(Hash128 element)
    {
        A += Avalanche(element.A ^ BitOperations.RotateLeft(element.B, 23));
        B += Avalanche(element.B + 0x165667B19E3779F9);
    }

    private static ulong Avalanche(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
        return x ^ (x >> 33);
    }
}
