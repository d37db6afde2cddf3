using System.Diagnostics;
using OpenTelemetry;

namespace Ring.Tests.Interop.Support;

/// <summary>Keeps what OpenTelemetry exports.</summary>
internal sealed class MemoryExporter : BaseExporter<Activity>
{
    public List<Activity> Spans { get; } = [];

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (Activity activity in batch)
            Spans.Add(activity);

        return ExportResult.Success;
    }
}
