using System.Diagnostics;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class StatisticTableTests
{
    private SpanSource _source = null!;

    [SetUp]
    public void MakeSource() => _source = new SpanSource();

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Test]
    public void A_span_whose_row_exists_allocates_nothing_whatever_its_key_is_made_of()
    {
        StatisticTable table = new(new(["text", "long text", "int", "long", "double", "bool", "absent"]), 10);
        SpanEvent span = _source.Capture(
            activity => activity
                .AddTag("text", "GET").AddTag("int", 200).AddTag("long", 1L << 40).AddTag("double", 0.5).AddTag("bool", true)
                .AddTag("long text", new string('x', 10_000)),
            new string('n', 10_000));

        Assert.That(Allocations.Of(() => AddMany(table, span)), Is.Zero);
        Assert.That(table.RowCount, Is.EqualTo(1));
    }

    [Test]
    public void Equal_values_of_other_objects_share_a_row()
    {
        StatisticTable table = new(new(["key"]), 100);
        AddAll(table, "GET", string.Concat("G", "ET"), 200, 200L, (short)200, 200.0, true, true, null, "");
        AddAll(table, double.NaN, -double.NaN, new Unreadable(), DayOfWeek.Monday, "Monday");

        Assert.That(Values(table), Is.EquivalentTo([("GET", 2), ("200", 4), ("true", 2), ("", 3), ("NaN", 2), ("Monday", 2)]));
    }

    [Test]
    public void Values_that_differ_have_rows_of_their_own()
    {
        StatisticTable table = new(new(["key"]), 100);
        AddAll(table, "GET", "get", 200, "200", 0.5, true, "true", false, 0, null);

        Assert.That(table.RowCount, Is.EqualTo(10));
    }

    [Test]
    public void Texts_that_are_written_alike_share_a_row()
    {
        StatisticTable table = new(new(["key"]), 100);
        string beginning = new('x', OtlpLimits.TextCharacters);
        AddAll(table, beginning + "1", beginning, beginning + "2");

        Assert.That(Values(table), Is.EqualTo([(beginning, 3)]));
    }

    [Test]
    public void Of_a_tag_that_is_set_twice_the_last_value_counts()
    {
        StatisticTable table = new(new(["key"]), 100);
        table.Add(_source.Capture(activity => activity.AddTag("key", "first").AddTag("key", "last")));

        Assert.That(Values(table), Is.EqualTo([("last", 1)]));
    }

    [Test]
    public void A_kind_that_has_no_name_is_internal()
    {
        StatisticTable table = new(new([]), 100);
        table.Add(_source.Capture(kind: (ActivityKind)17));
        table.Add(_source.Capture(kind: ActivityKind.Internal));

        Assert.That(table.RowCount, Is.EqualTo(1));
    }

    [Test]
    public void A_million_keys_take_no_more_rows_than_allowed_and_no_memory_beyond()
    {
        const int limit = 1000;
        const int keys = 1_000_000;
        StatisticTable table = new(new(["id"]), limit);
        Activity activity = _source.Finish();
        SpanEvent slot = new();
        long inTable = 0;
        for (int i = 0; i < keys; i++)
        {
            activity.SetTag("id", i);
            slot.Capture(activity);
            long before = GC.GetAllocatedBytesForCurrentThread();
            table.Add(slot);
            inTable += i < limit ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            slot.Clear();
        }

        long others = 0;
        table.Drain((key, row) => others += key is null ? row.Count : 0);
        Assert.Multiple(() =>
        {
            Assert.That(others, Is.EqualTo(keys - limit));
            // The runtime allocates on the thread, too, now and then, and not for the table's sake.
            Assert.That(inTable, Is.LessThan(100_000));
        });
    }

    [Test]
    public void Rows_that_could_not_be_handed_over_stay_and_the_others_do_not_come_again()
    {
        StatisticTable table = new(new(["key"]), 100);
        AddAll(table, 1, 2, 3);
        int handed = 0;
        List<string> all = [];

        Assert.That(() => table.Drain(HandOver), Throws.InvalidOperationException);
        table.Drain(HandOver);

        Assert.That(all, Is.EqualTo(["1", "2", "3"]));

        void HandOver(StatisticKey? key, StatisticRow row)
        {
            if (handed++ == 1)
                throw new InvalidOperationException();

            all.Add(key!.Values[0].ToString());
        }
    }

    private static void AddMany(StatisticTable table, SpanEvent span)
    {
        for (int i = 0; i < 1000; i++)
            table.Add(span);
    }

    private static List<(string Value, int Count)> Values(StatisticTable table)
    {
        List<(string, int)> values = [];
        table.Drain((key, row) => values.Add((key!.Values[0].ToString(), (int)row.Count)));
        return values;
    }

    private void AddAll(StatisticTable table, params object?[] values)
    {
        foreach (object? value in values)
            table.Add(_source.Capture(activity => activity.AddTag("key", value)));
    }

    private sealed class Unreadable
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
