// A web service whose spans are on its own disk: one line of setup, no collector.
//
//     dotnet run docs/samples/WebSpans.cs
//
// Starts a minimal API on loopback, calls it with HttpClient, stops the host, and reads the files: each request is one trace, of
// a client span and the server span below it. The exit code is 0 only if none is missing.

#:sdk Microsoft.NET.Sdk.Web
#:project ../../Ring.Tracing/Ring.Tracing.csproj
#:property PublishAot=false
#:property EnableDefaultRunWorkingDirectory=false

using System.Text.Json;
using Ring.Tracing;

const int Client = 3, Server = 2;
string folder = Directory.CreateTempSubdirectory("web-spans-").FullName;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");

// This is the line. The two sources are .NET's own: the server spans of ASP.NET Core, and the client spans of HttpClient.
builder.Services.AddRingTracing(o => { o.Directory = folder; o.Sources.Add("Microsoft.AspNetCore"); o.Sources.Add("System.Net.Http"); });

builder.Services.AddHealthChecks().AddRingTracing();
WebApplication app = builder.Build();
app.MapGet("/orders/{id}", (int id) => $"order {id} is shipped");
app.MapHealthChecks("/health");
await app.StartAsync();

string[] paths = ["/orders/1", "/orders/2", "/orders/3", "/health"];
using (HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) })
{
    foreach (string path in paths)
        Console.WriteLine($"{path}: {await client.GetStringAsync(path)}");
}

// Stopping the host stops the server first, and then drains the log.
TraceLog log = app.Services.GetRequiredService<TraceLog>();
await app.StopAsync();
Console.WriteLine($"accepted {log.Counts.Accepted}, written {log.Counts.Written}, discarded {log.Counts.Discarded}");

ILookup<string, Span> traces = log.Files.SelectMany(File.ReadLines).SelectMany(Spans).ToLookup(span => span.Trace);
int complete = traces.Count(IsComplete);
Console.WriteLine($"{traces.Count} traces, {complete} of them complete: a client span, and below it a server span");
Directory.Delete(folder, recursive: true);
return traces.Count == paths.Length && complete == paths.Length ? 0 : 1;

static bool IsComplete(IEnumerable<Span> trace) =>
    trace.OrderByDescending(span => span.Kind).ToArray() is [{ Kind: Client, Parent: null } client, { Kind: Server } server]
    && server.Parent == client.Id;

static IEnumerable<Span> Spans(string line) =>
    from resource in JsonDocument.Parse(line).RootElement.GetProperty("resourceSpans").EnumerateArray()
    from scope in resource.GetProperty("scopeSpans").EnumerateArray()
    from span in scope.GetProperty("spans").EnumerateArray()
    select new Span(
        span.GetProperty("traceId").GetString()!,
        span.GetProperty("spanId").GetString()!,
        span.TryGetProperty("parentSpanId", out JsonElement parent) ? parent.GetString() : null,
        span.GetProperty("kind").GetInt32());

internal sealed record Span(string Trace, string Id, string? Parent, int Kind);
