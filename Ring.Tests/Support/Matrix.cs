using Ring.Core;

namespace Ring.Tests.Support;

/// <summary>The combinations that contract suites run over.</summary>
internal static class Matrix
{
    public static IEnumerable<object[]> WaitStrategiesAndProducerTypes =>
        from kind in Enum.GetValues<WaitStrategyKind>()
        from producerType in Enum.GetValues<ProducerType>()
        select new object[] { kind, producerType };

    public static IEnumerable<WaitStrategyKind> BlockingWaitStrategies =>
        Enum.GetValues<WaitStrategyKind>().Where(kind => kind.Create().IsBlocking);
}
