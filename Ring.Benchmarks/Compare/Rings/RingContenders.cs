using Ring.Benchmarks.Events;
using Ring.Core;

namespace Ring.Benchmarks.Compare.Rings;

/// <summary>Ring in every shape.</summary>
internal static class RingContenders
{
    /// <summary>Events are objects, made once for each slot.</summary>
    public static IContender Classes(string name, RingShape shape, Topology<ClassEvent>? topology = null, Publish<ClassEvent>? publish = null) =>
        new Contender(name, events => Make(
            shape, static () => new ClassEvent(), publish ?? (shape.Producers == 1 ? Publish.ClassEvents : Publish.ClassMessages), events,
            topology ?? Topology<ClassEvent>.One));

    /// <summary>Events lie in the slots themselves.</summary>
    public static IContender Structs(string name, RingShape shape, Topology<StructEvent>? topology = null, Publish<StructEvent>? publish = null) =>
        new Contender(name, events => Make(
            shape, static () => default, publish ?? (shape.Producers == 1 ? Publish.StructEvents : Publish.StructMessages), events,
            topology ?? Topology<StructEvent>.One));

    /// <summary>The handler is a struct, too, so that the compiler puts it into the loop that calls it.</summary>
    public static IContender StructHandler<T>(string name, RingShape shape, Publish<T>? publish = null)
        where T : struct, IValueEvent =>
        new Contender(name, events => new DisruptorWork<T>(
            shape, static () => default, publish ?? Publish.StructEvents, events, consumers: 1,
            (disruptor, isDone) =>
            {
                Receiver receiver = new(events, isDone);
                disruptor.HandleEventsWith(new StructReceiver<T>(receiver));
                return receiver.Check;
            }));

    /// <summary>Each event goes to one of several workers.</summary>
    public static IContender ClassPool(string name, RingShape shape, int workers) =>
        new Contender(name, events => new PoolWork<ClassEvent>(shape, static () => new ClassEvent(), Publish.ClassEvents, events, workers));

    /// <inheritdoc cref="ClassPool"/>
    public static IContender StructPool(string name, RingShape shape, int workers) =>
        new Contender(name, events => new PoolWork<StructEvent>(shape, static () => default, Publish.StructEvents, events, workers));

    public static IContender Poller(string name, RingShape shape) => new Contender(name, events => new PollerWork(shape, events));

    private static DisruptorWork<T> Make<T>(RingShape shape, Func<T> factory, Publish<T> publish, int events, Topology<T> topology) =>
        new(shape, factory, publish, events, topology.Handlers, (disruptor, isDone) =>
        {
            if (shape.Producers == 1)
            {
                Receiver[] receivers = [.. Enumerable.Range(0, topology.Handlers).Select(_ => new Receiver(events, isDone))];
                topology.Wire(disruptor, [.. receivers.Cast<IEventHandler<T>>()]);
                return () => Array.ForEach(receivers, static receiver => receiver.Check());
            }

            MultiReceiver[] many = [.. Enumerable.Range(0, topology.Handlers).Select(_ => new MultiReceiver(shape.Producers, events, isDone))];
            topology.Wire(disruptor, [.. many.Cast<IEventHandler<T>>()]);
            return () => Array.ForEach(many, static receiver => receiver.Check());
        });

    private readonly struct StructReceiver<T>(Receiver receiver) : IEventHandler<T>
        where T : struct, IValueEvent
    {
        public void OnEvent(ref T evt, long sequence, bool endOfBatch) => receiver.Take(evt.Value);
    }
}
