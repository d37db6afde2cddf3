namespace Ring.Tests.Guards;

/// <summary>Has one of each kind of member, for the tests of the guards that read APIs.</summary>
public abstract class Sample<T> : IDisposable
    where T : class, new()
{
    public const long Limit = -1;

    private readonly T[] _items;

    public event Action? Changed;

    public Sample(int size = 3) => _items = new T[size];

    internal Sample(string name)
        : this() => Name = name;

    public string? Name { get; init; }

    protected static int Count { get; set; }

    public ref T this[long sequence] => ref _items[sequence];

    public bool TryTake(out int? taken, ref List<T[]> from, SampleChoice choice = SampleChoice.Second)
    {
        taken = from.Count + _items.Length;
        return choice == SampleChoice.Second;
    }

    public TOther Convert<TOther>(T value, in long big)
        where TOther : struct => value.Equals(big) ? new TOther() : default;

    public abstract void Protect(params string[] names);

    public void Dispose()
    {
        Changed?.Invoke();
        GC.SuppressFinalize(this);
    }

    public override string ToString() => Name ?? "";
}
