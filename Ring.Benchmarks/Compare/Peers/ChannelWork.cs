using System.Threading.Channels;

namespace Ring.Benchmarks.Compare.Peers;

/// <summary>Producers and one consumer around a channel, asynchronous as its users are.</summary>
internal sealed class ChannelWork : TaskWork
{
    private readonly Channel<long> _channel;
    private readonly Action _check;

    /// <param name="capacity">How many values the channel holds; null for any number.</param>
    /// <param name="producers">How many producers there are.</param>
    /// <param name="events">How many events all of them send.</param>
    public ChannelWork(int? capacity, int producers, int events)
        : base(consumers: 1)
    {
        bool isAlone = producers == 1;
        _channel = capacity is { } most
            ? Channel.CreateBounded<long>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = isAlone })
            : Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = isAlone });
        if (isAlone)
        {
            Receiver receiver = new(events, IsDone);
            _check = receiver.Check;
            AddRunning(() => ReceiveAsync(receiver, events));
        }
        else
        {
            MultiReceiver receiver = new(producers, events, IsDone);
            _check = receiver.Check;
            AddRunning(() => ReceiveAsync(receiver, events));
        }

        for (int i = 0; i < producers; i++)
        {
            int producer = i;
            Add(() => SendAsync(producer, isAlone, Share.Of(events, producer, producers)));
        }
    }

    protected override void CheckConsumers() => _check();

    private async Task SendAsync(int producer, bool isAlone, int count)
    {
        ChannelWriter<long> writer = _channel.Writer;
        for (int i = 0; i < count; i++)
        {
            long value = isAlone ? i : Message.Of(producer, i);
            if (!writer.TryWrite(value))
                await writer.WriteAsync(value).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(Receiver receiver, int count)
    {
        ChannelReader<long> reader = _channel.Reader;
        while (count > 0)
        {
            await reader.WaitToReadAsync().ConfigureAwait(false);
            for (; reader.TryRead(out long value); count--)
                receiver.Take(value);
        }
    }

    private async Task ReceiveAsync(MultiReceiver receiver, int count)
    {
        ChannelReader<long> reader = _channel.Reader;
        while (count > 0)
        {
            await reader.WaitToReadAsync().ConfigureAwait(false);
            for (; reader.TryRead(out long value); count--)
                receiver.Take(value);
        }
    }
}
