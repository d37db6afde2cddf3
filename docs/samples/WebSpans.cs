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

const int Requests = 5;
string folder = Directory.CreateTempSubdirectory("web-spans-").FullName;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");

// This is the line. The sources are those that .NET itself has: ASP.NET Core's server spans and HttpClient's client spans.
builder.Services.AddRingTracing(o => (o.Directory, o.Sources) = (folder, ["Microsoft.AspNetCore", "System.Net.Http"]));
builder.Services.AddHealthChecks().AddRingTracing();

WebApplication app = builder.Build();
app.MapGet("/orders/{id}", (int id) => new { id, state = "shipped" });
app.MapHealthChecks("/health");
await app.StartAsync();

using (HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) })
{
    for (int id = 1; id < Requests; id++)
        Console.WriteLine(await client.GetStringAsync($"/orders/{id}"));
    Console.WriteLine($"health: {await client.GetStringAsync("/health")}");
}

// Stopping the host drains the log, after the server.
TraceLog log = app.Services.GetRequiredService<TraceLog>();
await app.StopAsync();
Console.WriteLine(log.Counts);
