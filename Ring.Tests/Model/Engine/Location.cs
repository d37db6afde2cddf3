namespace Ring.Tests.Model.Engine;

/// <summary>A memory cell: everything that was ever stored in it, oldest first.</summary>
internal sealed class Location
{
    private readonly List<Message> _messages = [];

    /// <summary>Its place in views; the order of first access in this execution.</summary>
    public int Index { get; private set; }

    public Identity Identity { get; } = new();

    public RaceHistory Races { get; } = new();

    public int Count { get; private set; }

    /// <summary>For each thread that has used it atomically, which of all that it has used so: see <see cref="PrivateAccesses"/>.</summary>
    public int[] Turns { get; } = new int[Limits.Threads];

    /// <summary>The threads that have used it while others ran, a bit each.</summary>
    public int Users { get; set; }

    /// <summary>Whether one of them has stored something.</summary>
    public bool HasConcurrentStore { get; set; }

    public Message Newest => _messages[Count - 1];

    public Message this[int index] => _messages[index];

    public void Reset(int index)
    {
        Index = index;
        Identity.Reset();
        Count = 0;
        Array.Clear(Turns);
        Users = 0;
        HasConcurrentStore = false;
        Races.Reset();
    }

    /// <summary>Appends a message without a view; messages of earlier executions are used again.</summary>
    public Message Append(CellValue value, int writer, int writerStep)
    {
        if (Count == _messages.Count)
            _messages.Add(new Message());
        Message message = _messages[Count++];
        message.Reset(value, writer, writerStep);
        return message;
    }
}
