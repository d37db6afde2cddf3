using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;
using Ring.Core;

namespace Ring.Tests.Properties.Sequential;

/// <summary>Series of operations on a ring of one type, in any small size.</summary>
internal sealed class RingMachine(ProducerType type) : Machine<RingUnderTest, RingModel>
{
    private static readonly int[] Sizes = [1, 2, 4, 8];

    public override Arbitrary<Setup<RingUnderTest, RingModel>> Setup => Arb.From(
        Gen.Elements(Sizes).Select(size => (Setup<RingUnderTest, RingModel>)new Empty(type, size)),
        setup => Sizes.Where(size => size < setup.Model().Size).Select(size => new Empty(type, size)));

    public override Gen<Operation<RingUnderTest, RingModel>> Next(RingModel model) =>
        RingOperations.GenerateFor(model).Select(operation => (Operation<RingUnderTest, RingModel>)operation);

    private sealed class Empty(ProducerType type, int size) : Setup<RingUnderTest, RingModel>
    {
        public override RingUnderTest Actual() => new(type, size);

        public override RingModel Model() => new(type, size);

        public override string ToString() => $"a {type} ring of size {size}";
    }
}
