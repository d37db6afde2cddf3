using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Ring.Tests.Support;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class TraceLogMeterTests
{
    private static readonly string[] Instruments =
    [
        "otel.sdk.exporter.operation.duration s",
        "otel.sdk.processor.span.processed {span}",
        "otel.sdk.processor.span.queue.capacity {span}",
        "otel.sdk.processor.span.queue.size {span}",
        "ring.tracing.file.closed_off {file}",
        "ring.tracing.file.compressed {file}",
        "ring.tracing.file.created {file}",
        "ring.tracing.file.deleted {file}",
        "ring.tracing.file.failed {operation}",
        "ring.tracing.file.io By",
        "ring.tracing.file.sync.time s",
        "ring.tracing.span.unrouted {span}",
        "ring.tracing.statistic.discarded {line}",
    ];

    private LogFixture _fixture = null!;

    [SetUp]
    public void MakeFixture() => _fixture = new LogFixture();

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void A_listener_that_throws_costs_no_span_and_none_is_counted_twice()
    {
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, own) =>
        {
            if (instrument.Meter.Name is TraceLogMeter.MeterName)
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new InvalidDataException("planted"));
        listener.Start();
        using TraceLog log = _fixture.Open();
        _fixture.End(3);
        Wait.For(log.FlushAsync(), "the flush");

        Assert.That((log.Counts.Accepted, log.Counts.Written, log.Counts.EncodeFailed), Is.EqualTo((3L, 3L, 0L)));
    }

    [Test]
    public void The_values_are_those_of_the_counts()
    {
        using MetricReader reader = new();
        using TraceLog log = _fixture.Open();
        _fixture.End(20);
        Wait.For(log.FlushAsync(), "the flush");
        reader.Observe();

        Assert.Multiple(() =>
        {
            Assert.That(reader.Last("otel.sdk.processor.span.queue.size"), Is.Zero);
            Assert.That(reader.Last("otel.sdk.processor.span.queue.capacity"), Is.EqualTo(64));
            Assert.That(reader.Last("otel.sdk.processor.span.processed"), Is.EqualTo(20));
            Assert.That(reader.Last("ring.tracing.file.io"), Is.EqualTo(log.Counts.BytesWritten).And.GreaterThan(0));
            Assert.That(reader.Last("ring.tracing.file.created"), Is.EqualTo(1));
            Assert.That(reader.Last("ring.tracing.statistic.discarded"), Is.Zero);
            Assert.That(reader.Last("otel.sdk.exporter.operation.duration"), Is.GreaterThan(0));
        });
    }

    [Test]
    public void What_waits_for_the_disk_is_in_the_queue()
    {
        using MetricReader reader = new();
        using TraceLog log = _fixture.Open();
        _fixture.Disk.FreeBytes = 0;
        _fixture.End(5);
        Eventually.Holds(() => ((ITraceLogGauges)log).DiskTrouble is not null, "the disk refuses");
        reader.Observe();

        Assert.That(reader.Last("otel.sdk.processor.span.queue.size"), Is.EqualTo(5));
    }

    [Test]
    public void Each_reason_for_discarding_is_an_error_type()
    {
        using MetricReader reader = new();
        StubGauges gauges = new();
        using TraceLogMeter meter = new(gauges, factory: null);
        gauges.Set(written: 9, ringFull: 2, writeFailed: 3, abandoned: 4);
        reader.Observe();

        Assert.Multiple(() =>
        {
            Assert.That(reader.Last("otel.sdk.processor.span.processed"), Is.EqualTo(9));
            Assert.That(reader.Last("otel.sdk.processor.span.processed", "queue_full"), Is.EqualTo(2));
            Assert.That(reader.Last("otel.sdk.processor.span.processed", "write_failed"), Is.EqualTo(3));
            Assert.That(reader.Last("otel.sdk.processor.span.processed", "abandoned"), Is.EqualTo(4));
            Assert.That(reader.Last("otel.sdk.processor.span.processed", "not_w3c"), Is.Zero);
        });
    }

    [Test]
    public void What_was_done_with_the_files_is_counted_and_failures_by_the_operation()
    {
        using MetricReader reader = new();
        StubGauges gauges = new();
        using TraceLogMeter meter = new(gauges, factory: null);
        gauges.Files.CountSync(succeeded: true, Stopwatch.Frequency / 4);
        gauges.Files.CountSync(succeeded: false, Stopwatch.Frequency / 4);
        Repeat(2, () => gauges.Files.CountWriteFailure(1));
        Repeat(3, gauges.Files.CountKeepingFailure);
        Repeat(4, gauges.Files.CountDeleted);
        Repeat(5, gauges.Files.CountCompressed);
        Repeat(6, gauges.Files.CountClosedOff);
        reader.Observe();

        Assert.Multiple(() =>
        {
            Assert.That(reader.Last("ring.tracing.file.sync.time"), Is.EqualTo(0.5).Within(1e-6));
            Assert.That(reader.Last("ring.tracing.file.failed", "sync"), Is.EqualTo(1));
            Assert.That(reader.Last("ring.tracing.file.failed", "write"), Is.EqualTo(2));
            Assert.That(reader.Last("ring.tracing.file.failed", "keep"), Is.EqualTo(3));
            Assert.That(reader.Last("ring.tracing.file.deleted"), Is.EqualTo(4));
            Assert.That(reader.Last("ring.tracing.file.compressed"), Is.EqualTo(5));
            Assert.That(reader.Last("ring.tracing.file.closed_off"), Is.EqualTo(6));
        });

        static void Repeat(int times, Action action)
        {
            for (int i = 0; i < times; i++)
                action();
        }
    }

    [Test]
    public void Trouble_with_the_disk_and_spans_without_a_log_show_in_the_values()
    {
        using MetricReader reader = new();
        using TraceLog log = _fixture.Open(options => options.Logs.Add(new SpanLogOptions { Name = "none", Filter = static _ => false }));
        _fixture.End(3);
        _fixture.Disk.RefusesToSync = true;
        Assert.That(() => log.FlushAsync(FlushLevel.Disk).Wait(Eventually.Deadline), Throws.InstanceOf<AggregateException>());
        reader.Observe();

        Assert.Multiple(() =>
        {
            Assert.That(reader.Last("ring.tracing.span.unrouted"), Is.EqualTo(3));
            Assert.That(reader.Last("ring.tracing.file.failed", "sync"), Is.EqualTo(1));
            Assert.That(reader.Last("ring.tracing.file.sync.time"), Is.GreaterThan(0));
        });
    }

    [Test]
    public void Instruments_have_the_names_and_units_of_the_conventions_and_vanish_with_the_log()
    {
        using MetricReader reader = new();
        using TraceLog log = _fixture.Open();
        Assert.That(reader.Published, Is.EquivalentTo(Instruments));
        log.Dispose();

        Assert.That(reader.Published, Is.Empty);
    }

    [Test]
    public void Two_logs_are_told_apart_by_the_name_of_the_component()
    {
        using MetricReader reader = new();
        using TraceLog log = _fixture.Open();
        using TraceLog other = _fixture.Open();
        reader.Observe();

        Assert.That(reader.ComponentsOf("otel.sdk.processor.span.queue.size").Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void The_meter_of_a_factory_belongs_to_it_and_falls_silent_with_the_log()
    {
        using MetricReader reader = new();
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        using TraceLog log = new(_fixture.Options(), factory, observer: null);
        reader.Observe();
        Assert.Multiple(() =>
        {
            Assert.That(reader.Scopes, Is.EqualTo(new[] { factory }));
            Assert.That(reader.Last("otel.sdk.processor.span.queue.capacity"), Is.EqualTo(64));
        });
        log.Dispose();
        reader.Forget();
        reader.Observe();

        Assert.That(reader.Count, Is.Zero);
    }

    [Test]
    public void A_write_is_not_timed_while_nobody_listens()
    {
        using TraceLogMeter meter = new(new StubGauges(), factory: null);
        Assert.That(meter.BeginWrite(), Is.Zero);
        Assert.That(Allocations.Of(() => meter.EndWrite(meter.BeginWrite())), Is.Zero);

        using MetricReader reader = new();
        Assert.That(meter.BeginWrite(), Is.Not.Zero);
    }
}
