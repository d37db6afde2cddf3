#if !NET
using Lock = System.Object;
#endif

namespace Ring.Tracing;

/// <summary>The files that a log made and that are still there, oldest first, and which of them is being written.</summary>
/// <remarks>Thread-safe. The rolling file adds, the keeper takes away.</remarks>
internal sealed class FileList
{
    private readonly Lock _gate = new();
    private readonly List<string> _paths = [];
    private string? _current;
    private int _created;

    /// <summary>How many files were made so far, also those that are gone.</summary>
    public int Created => Volatile.Read(ref _created);

    /// <summary>The file that is being written, or null.</summary>
    public string? Current
    {
        get
        {
            lock (_gate)
                return _current;
        }
    }

    public string[] Paths
    {
        get
        {
            lock (_gate)
                return [.. _paths];
        }
    }

    public void Opened(string path)
    {
        lock (_gate)
        {
            _paths.Add(path);
            _current = path;
            _created++;
        }
    }

    public void Closed()
    {
        lock (_gate)
            _current = null;
    }

    public void Removed(string path)
    {
        lock (_gate)
            _paths.Remove(path);
    }

    public void Replaced(string path, string successor)
    {
        lock (_gate)
        {
            int index = _paths.IndexOf(path);
            if (index >= 0)
                _paths[index] = successor;
        }
    }

    /// <summary>Whether the log made this file and does not write it any more.</summary>
    public bool HasClosed(string path)
    {
        lock (_gate)
            return _paths.Contains(path) && !string.Equals(path, _current, StringComparison.Ordinal);
    }
}
