using System.Threading.Channels;

namespace Ring.Benchmarks.Compare.Peers;

/// <summary>
/// Producers and one consumer around a channel, asynchronous as its users are: what cannot go on gives its thread back to the pool.
/// </summary>
internal sealed class ChannelWork : IWork
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CountdownEvent _isDone = new(1);
    private readonly Channel<long> _channel;
    private readonly Action _check;
    private readonly Task _all;

    /// <param name="capacity">How many values the channel holds; null for any number.</param>
    /// <param name="producers">How many producers there are.</param>
    /// <param name="events">How many events all of them send.</param>
    public ChannelWork(int? capacity, int producers, int events)
    {
        bool isAlone = producers == 1;
        _channel = capacity is { } most
            ? Channel.CreateBounded<long>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = isAlone })
            : Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = isAlone });
        Task consumer;
        if (isAlone)
        {
            Receiver receiver = new(events, _isDone);
            _check = receiver.Check;
            consumer = Task.Run(() => ReceiveAsync(receiver, events));
        }
        else
        {
            MultiReceiver receiver = new(producers, events, _isDone);
            _check = receiver.Check;
            consumer = Task.Run(() => ReceiveAsync(receiver, events));
        }

        _all = Task.WhenAll(
            [consumer, .. Enumerable.Range(0, producers).Select(i => Task.Run(() => SendAsync(i, isAlone, Share.Of(events, i, producers))))]);
    }

    public void Go()
    {
        _go.SetResult();
        if (!_isDone.Wait(Crew.Deadline))
            throw new TimeoutException($"The run has not ended in {Crew.Deadline}.", _all.Exception);
    }

    public void Check()
    {
        _all.Wait();
        _check();
    }

    public void Dispose() => _isDone.Dispose();

    private async Task SendAsync(int producer, bool isAlone, int count)
    {
        await _go.Task.ConfigureAwait(false);
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
