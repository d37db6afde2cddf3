using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Ring.Tests.Interop.Support;
using Ring.Tests.Tracing;
using Ring.Tracing;

namespace Ring.Tests.Interop;

/// <summary>A log in the same process changes nothing for OpenTelemetry, whatever its sampler and whoever comes first.</summary>
[TestFixture]
[NonParallelizable] // The trace ids are made the same each time, by a hook of the whole process.
public sealed class OpenTelemetryTests
{
    private readonly TempFolder _folder = new();
    private ActivitySource _source = null!;

    private static IEnumerable<Sampler> Samplers =>
    [
        new AlwaysOnSampler(),
        new AlwaysOffSampler(),
        new TraceIdRatioBasedSampler(0.3),
        new ParentBasedSampler(new AlwaysOnSampler()),
        new ParentBasedSampler(new AlwaysOffSampler()),
        new ParentBasedSampler(new TraceIdRatioBasedSampler(0.3)),
        new DecidingSampler("by trace", static span => (SamplingDecision)(span.TraceId.ToHexString()[0] % 3)),
    ];

    [SetUp]
    public void MakeSource() => _source = new ActivitySource("ring.tests.otel." + Guid.NewGuid().ToString("N"));

    [TearDown]
    public void DisposeSource()
    {
        Activity.TraceIdGenerator = null;
        _source.Dispose();
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void A_log_changes_nothing_of_what_is_exported_and_sent_on(
        [ValueSource(nameof(Samplers))] Sampler sampler,
        [Values(LogLifetime.Around, LogLifetime.Within, LogLifetime.Longer)] LogLifetime log)
    {
        (List<ExportedSpan> Exported, List<string> Seen, long Written) without = Run(sampler, LogLifetime.Never);
        (List<ExportedSpan> Exported, List<string> Seen, long Written) with = Run(sampler, log);

        Assert.Multiple(() =>
        {
            Assert.That(with.Exported, Is.EqualTo(without.Exported));
            Assert.That(with.Seen, Is.EqualTo(without.Seen));
            Assert.That(with.Written, Is.EqualTo((log is LogLifetime.Within ? 1 : 3) * Traces.Spans), "The log has every span.");
        });
    }

    [Test]
    public void Each_sampler_takes_what_its_name_says() => Assert.Multiple(() =>
    {
        int[] exported = [.. Samplers.Select(sampler => Run(sampler, LogLifetime.Never).Exported.Count)];
        Assert.That(exported[0], Is.EqualTo(3 * Traces.Spans));
        Assert.That(exported[1], Is.Zero);
        Assert.That(exported[2..], Has.All.GreaterThan(0).And.All.LessThan(3 * Traces.Spans));
    });

    /// <summary>
    /// The one difference, which any listener makes that asks for spans of its own, and none can undo: a span that OpenTelemetry's sampler drops
    /// exists all the same. It is the parent of what begins within it, and the runtime has it inherit the sampled flag of its own
    /// parent in the process. Only a sampler that drops spans within a trace that it samples can tell; those of OpenTelemetry
    /// do not.
    /// </summary>
    [Test]
    public void A_span_that_the_sampler_drops_within_a_sampled_trace_is_exported_with_the_flag_of_its_parent()
    {
        Sampler sampler = new DecidingSampler("by name", static span => IsChild(span.Name)
            ? SamplingDecision.Drop
            : SamplingDecision.RecordAndSample);

        List<ExportedSpan> without = Run(sampler, LogLifetime.Never).Exported;
        List<ExportedSpan> with = Run(sampler, LogLifetime.Around).Exported;

        Assert.Multiple(() =>
        {
            Assert.That(ParentsOfGrandchildren(without), Has.All.EndsWith(" root"));
            Assert.That(ParentsOfGrandchildren(with), Has.All.EndsWith(" child"));
            Assert.That(WithoutParents(with.Where(span => !IsChild(span.Name))), Is.EqualTo(WithoutParents(without)));
            Assert.That(with.Count - without.Count, Is.EqualTo(3 * Traces.Spans / 4), "The children.");
        });
    }

    [Test]
    public void A_log_that_takes_what_others_ask_for_changes_nothing_even_then()
    {
        Sampler sampler = new DecidingSampler("by name", static span => IsChild(span.Name)
            ? SamplingDecision.Drop
            : SamplingDecision.RecordAndSample);

        (List<ExportedSpan> Exported, List<string> Seen, long Written) without = Run(sampler, LogLifetime.Never);
        (List<ExportedSpan> Exported, List<string> Seen, long Written) with = Run(sampler, LogLifetime.Around, captureUnsampled: false);

        Assert.Multiple(() =>
        {
            Assert.That(with.Exported, Is.EqualTo(without.Exported));
            Assert.That(with.Seen, Is.EqualTo(without.Seen));
            Assert.That(with.Written, Is.EqualTo(with.Exported.Count));
        });
    }

    private static bool IsChild(string name) => name.EndsWith(" child", StringComparison.Ordinal);

    private static IEnumerable<string> ParentsOfGrandchildren(List<ExportedSpan> spans) =>
        spans.Where(span => span.Name.EndsWith(" grandchild", StringComparison.Ordinal)).Select(span => span.Parent);

    private static IEnumerable<ExportedSpan> WithoutParents(IEnumerable<ExportedSpan> spans) =>
        spans.Select(span => span with { Parent = string.Empty });

    private (List<ExportedSpan> Exported, List<string> Seen, long Written) Run(
        Sampler sampler, LogLifetime lifetime, bool captureUnsampled = true)
    {
        MemoryExporter exporter = new();
        Traces traces = new(_source);
        TraceLog? log = lifetime is LogLifetime.Around ? OpenLog(captureUnsampled) : null;
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .SetSampler(sampler)
            .AddProcessor(new SimpleActivityExportProcessor(exporter))
            .Build())
        {
            log ??= lifetime is LogLifetime.Longer ? OpenLog(captureUnsampled) : null;
            traces.Run("first");
            log ??= lifetime is LogLifetime.Within ? OpenLog(captureUnsampled) : null;
            traces.Run("second");
            if (lifetime is LogLifetime.Within)
                log!.Dispose();

            traces.Run("third");
        }

        log?.Dispose();
        return ([.. exporter.Spans.Select(traces.Describe)], traces.Seen, log?.Counts.Written ?? 0);
    }

    private TraceLog OpenLog(bool captureUnsampled) => TraceLog.Start(options =>
    {
        options.Directory = _folder.Root;
        options.Sources.Add(_source.Name);
        options.Overflow = OverflowPolicy.Block;
        options.CaptureUnsampled = captureUnsampled;
    });
}
