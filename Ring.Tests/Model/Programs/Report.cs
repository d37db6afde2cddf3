namespace Ring.Tests.Model.Programs;

/// <summary>
/// Rows for the tables of docs/: shown, and kept in the folder that <c>RING_MODEL_REPORT</c> names, a file for each table and
/// process.
/// </summary>
internal static class Report
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("RING_MODEL_REPORT");

    public static void Row(string table, string row)
    {
        TestContext.Progress.WriteLine(row);
        if (Folder is not null)
            File.AppendAllText(Path.Combine(Directory.CreateDirectory(Folder).FullName, $"{table}.{Environment.ProcessId}"), row + "\n");
    }
}
