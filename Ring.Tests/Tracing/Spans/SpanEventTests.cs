using System.Diagnostics;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class SpanEventTests
{
    private SpanSource _source = null!;

    [SetUp]
    public void MakeSource() => _source = new SpanSource();

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Test]
    public void A_span_is_as_it_was_when_it_was_captured()
    {
        Activity activity = _source.Finish(span => span.AddTag("key", "before"));
        SpanEvent captured = new();
        captured.Capture(activity);
        activity.SetTag("key", "after");
        activity.DisplayName = "after";

        Assert.Multiple(() =>
        {
            Assert.That(captured.Name, Is.EqualTo("work"));
            Assert.That(captured.Tags[0].Value, Is.EqualTo("before"));
        });
    }

    [Test]
    public void A_cleared_slot_keeps_no_object_of_the_application_alive()
    {
        SpanEvent slot = new();
        WeakReference value = CaptureValue(slot);
        slot.Clear();
        GC.Collect();

        Assert.Multiple(() =>
        {
            Assert.That(value.IsAlive, Is.False);
            Assert.That(slot.IsCaptured, Is.False);
        });
        GC.KeepAlive(slot);
    }

    [Test]
    public void Nothing_of_one_span_is_left_in_the_next()
    {
        SpanEvent slot = new();
        slot.Capture(_source.Finish(activity => activity
            .AddTag("a", 1).AddEvent(new ActivityEvent("e")).SetStatus(ActivityStatusCode.Error, "bad"), "first"));
        slot.Clear();
        slot.Capture(_source.Finish(name: "second"));

        Assert.Multiple(() =>
        {
            Assert.That((slot.Name, slot.Status), Is.EqualTo(("second", ActivityStatusCode.Unset)));
            Assert.That(slot.StatusDescription, Is.Null);
            Assert.That((slot.Tags.Count, slot.Events.Count, slot.Links.Count), Is.EqualTo((0, 0, 0)));
        });
    }

    [Test]
    public void Capturing_allocates_nothing_in_steady_state()
    {
        Activity activity = _source.Finish(span =>
        {
            for (int i = 0; i < 20; i++)
                span.AddTag("key" + i, i);

            span.AddEvent(new ActivityEvent("event"));
            span.AddLink(new ActivityLink(new ActivityContext(
                ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None)));
        });
        SpanEvent slot = new();
        Assert.That(Allocations.Of(() => CaptureMany(slot, activity)), Is.Zero);
    }

    private static void CaptureMany(SpanEvent slot, Activity activity)
    {
        for (int i = 0; i < 100; i++)
        {
            slot.Capture(activity);
            slot.Clear();
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference CaptureValue(SpanEvent slot)
    {
        object value = new();
        slot.Capture(_source.Finish(activity => activity.AddTag("key", value)));
        return new WeakReference(value);
    }
}
