using System.Threading.Channels;

namespace Ring.Benchmarks.Compare.Peers;

/// <summary>One producer and a graph of consumers, with a channel between each two, asynchronous as its users are.</summary>
internal sealed class ChannelGraphWork : TaskWork
{
    private readonly Receiver[] _receivers;

    /// <param name="graph">Who takes from whom.</param>
    /// <param name="capacity">How many values each channel holds.</param>
    /// <param name="events">How many values go through.</param>
    public ChannelGraphWork(QueueGraph graph, int capacity, int events)
        : base(graph.Consumers.Length)
    {
        Channel<long>[] channels =
        [
            .. Enumerable.Range(0, graph.Queues).Select(_ =>
                Channel.CreateBounded<long>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true })),
        ];
        _receivers = Array.ConvertAll(graph.Consumers, _ => new Receiver(events, IsDone));
        foreach ((Receiver receiver, (int[] inputs, int[] outputs)) in _receivers.Zip(graph.Consumers))
        {
            ChannelReader<long>[] readers = Array.ConvertAll(inputs, i => channels[i].Reader);
            AddRunning(() => ReceiveAsync(receiver, readers, WritersOf(channels, outputs), events));
        }

        Add(() => SendAsync(WritersOf(channels, graph.Entries), events));
    }

    protected override void CheckConsumers() => Array.ForEach(_receivers, static receiver => receiver.Check());

    private static ChannelWriter<long>[] WritersOf(Channel<long>[] channels, int[] indices) => Array.ConvertAll(indices, i => channels[i].Writer);

    private static async Task SendAsync(ChannelWriter<long>[] entries, int count)
    {
        for (int i = 0; i < count; i++)
        {
            foreach (ChannelWriter<long> entry in entries)
            {
                if (!entry.TryWrite(i))
                    await entry.WriteAsync(i).ConfigureAwait(false);
            }
        }
    }

    private static async Task ReceiveAsync(Receiver receiver, ChannelReader<long>[] inputs, ChannelWriter<long>[] outputs, int count)
    {
        for (int i = 0; i < count; i++)
        {
            long value;
            while (!inputs[0].TryRead(out value))
                await inputs[0].WaitToReadAsync().ConfigureAwait(false);

            for (int other = 1; other < inputs.Length; other++)
            {
                long same;
                while (!inputs[other].TryRead(out same))
                    await inputs[other].WaitToReadAsync().ConfigureAwait(false);

                QueueGraph.CheckSame(value, same);
            }

            receiver.Take(value);
            foreach (ChannelWriter<long> output in outputs)
            {
                if (!output.TryWrite(value))
                    await output.WriteAsync(value).ConfigureAwait(false);
            }
        }
    }
}
