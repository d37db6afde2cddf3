// Every span of a real web server on disk, through our own ring.
//
//     dotnet run docs/samples/SpansToDisk.cs -- --requests 20000 --out spans --rate 0
//
// Starts Kestrel on loopback, drives it with HttpClient, and lets Ring.Tracing write each server and client span as OTLP/JSON
// lines. Then it reads its own files back and checks that nothing is missing. The exit code is 0 only if so.

#:sdk Microsoft.NET.Sdk.Web
#:project ../../Ring.Tracing/Ring.Tracing.csproj
#:package Spectre.Console
#:package System.CommandLine
#:property EnableDefaultRunWorkingDirectory=false

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Ring.Tracing;
using Spectre.Console;

// ASP.NET Core 10 leaves the OpenTelemetry attributes of its spans out unless it is told to write them.
AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

Option<int> requests = new("--requests") { Description = "How many requests to send.", DefaultValueFactory = _ => 20_000 };
Option<string> output = new("--out") { Description = "The folder for the files.", DefaultValueFactory = _ => "spans" };
Option<int> rate = new("--rate") { Description = "Requests a second; 0 for as many as go.", DefaultValueFactory = _ => 0 };
requests.Validators.Add(result => Check(result, requests, 1, 100_000_000));
rate.Validators.Add(result => Check(result, rate, 0, 1_000_000));

RootCommand command = new("Writes every span of a real web server to disk, and checks that none is missing.") { requests, output, rate };
command.SetAction((parsed, interrupted) =>
    RunAsync(parsed.GetValue(requests), parsed.GetValue(output)!, parsed.GetValue(rate), interrupted));
// Ctrl+C is not the end of the process but of the load: what is under way is finished, written and checked.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });

static void Check(OptionResult result, Option<int> option, int least, int most)
{
    if (result.Tokens is [{ Value: string text }] && int.TryParse(text, out int value) && (value < least || value > most))
        result.AddError($"{option.Name} is {value}: it must be from {least} to {most}.");
}

static async Task<int> RunAsync(int requests, string directory, int rate, CancellationToken interrupted)
{
    try
    {
        await using TraceLog log = TraceLog.Start(options =>
        {
            options.Directory = directory;
            options.Sources.Add("Microsoft.AspNetCore");
            options.Sources.Add("System.Net.Http");
            options.ServiceName = "spans-to-disk";
            options.Overflow = OverflowPolicy.Block;
            options.Files.SizeLimitBytes = 16 * 1024 * 1024;
        });
        return await FillAsync(log, requests, rate, interrupted);
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return 2;
    }
}

static async Task<int> FillAsync(TraceLog log, int requests, int rate, CancellationToken interrupted)
{
    Stopwatch clock = Stopwatch.StartNew();
    int sent;
    await using (WebApplication server = await StartServerAsync())
    {
        sent = await SendAsync(server.Urls.First(), requests, rate, interrupted);
        if (interrupted.IsCancellationRequested)
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]Interrupted after {sent} of {requests} requests.[/]");
        // Server spans end a moment after the client has its answer: the server waits for them here.
        await server.StopAsync(CancellationToken.None);
    }

    await log.DisposeAsync();
    clock.Stop();

    ReadBack spans = ReadBack.Of(log.Files);
    Show(log, spans, clock.Elapsed);
    return Judge(log.Counts, spans, sent);
}

static async Task<WebApplication> StartServerAsync()
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    WebApplication server = builder.Build();
    server.Use(DescribeSpanAsync);
    server.MapGet("/orders/{id}", (int id) => Results.Ok(new Order(id, "shipped")));
    server.MapGet("/search", (string q) => $"nothing like '{q}'");
    server.MapGet("/slow", async () =>
    {
        await Task.Delay(20);
        return "at last";
    });
    server.MapGet("/failing", string () => throw new InvalidOperationException("The failing route fails."));
    await server.StartAsync();
    return server;
}

// What OpenTelemetry's instrumentation does, and ASP.NET Core from version 11 on: the route and the outcome.
static async Task DescribeSpanAsync(HttpContext context, RequestDelegate next)
{
    Activity? span = context.Features.Get<IHttpActivityFeature>()?.Activity;
    if (span is not null && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
    {
        span.DisplayName = $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
    }

    try
    {
        await next(context);
        span?.SetTag("http.response.status_code", context.Response.StatusCode);
    }
    catch (Exception exception)
    {
        span?.SetTag("http.response.status_code", StatusCodes.Status500InternalServerError);
        span?.SetStatus(ActivityStatusCode.Error, exception.Message);
        throw;
    }
}

static string Route(int number) => (number % 20) switch
{
    0 => "/slow",
    1 => "/failing",
    < 8 => $"/search?q=caf\u00e9%20{number}",
    _ => $"/orders/{number}",
};

static Task<int> SendAsync(string address, int requests, int rate, CancellationToken interrupted) => AnsiConsole.Progress()
    .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
    .StartAsync(async progress =>
    {
        using HttpClient client = new() { BaseAddress = new Uri(address) };
        ProgressTask bar = progress.AddTask("requests", maxValue: requests);
        Stopwatch clock = Stopwatch.StartNew();
        int next = -1, done = 0;

        async Task SendOneAfterAnotherAsync()
        {
            while (!interrupted.IsCancellationRequested && Interlocked.Increment(ref next) is int number && number < requests)
            {
                if (rate > 0 && TimeSpan.FromSeconds((double)number / rate) - clock.Elapsed is { Ticks: > 0 } early)
                    await Task.Delay(early, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (interrupted.IsCancellationRequested)
                    break;
                using HttpResponseMessage response = await client.GetAsync(Route(number), CancellationToken.None);
                bar.Value = Interlocked.Increment(ref done);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(SendOneAfterAnotherAsync)));
        return done;
    });

static void Show(TraceLog log, ReadBack spans, TimeSpan elapsed)
{
    TraceLogCounts counts = log.Counts;
    Table totals = new Table().Title("Spans").AddColumns("", "");
    totals.Columns[1].RightAligned();
    totals.AddRow("accepted", Number(counts.Accepted));
    totals.AddRow("written", Number(counts.Written));
    totals.AddRow("discarded", Number(counts.Discarded));
    totals.AddRow("bytes", Number(counts.BytesWritten));
    totals.AddRow("files", Number(log.Files.Count));
    totals.AddRow("seconds", elapsed.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture));
    AnsiConsole.Write(totals);

    Table routes = new Table().Title("Routes (server spans)").AddColumns("route", "count", "errors", "p50 ms", "p99 ms");
    foreach (TableColumn column in routes.Columns.Skip(1))
        column.RightAligned();
    foreach ((string route, RouteSpans of) in spans.Routes.OrderBy(r => r.Key, StringComparer.Ordinal))
        routes.AddRow(Markup.Escape(route), Number(of.Count), Number(of.Errors), of.Quantile(0.5), of.Quantile(0.99));
    AnsiConsole.Write(routes);
    foreach (string file in log.Files.Concat(log.StatisticFiles))
        Console.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, file));
}

static int Judge(TraceLogCounts counts, ReadBack spans, int sent)
{
    List<string> faults = [];
    if (counts.Accepted != counts.Written + counts.Discarded + counts.InFlight || counts.InFlight != 0 || counts.Discarded != 0)
        faults.Add($"The ledger: {counts}.");
    if (spans.Count != counts.Written)
        faults.Add($"{spans.Count} spans were read back, and {counts.Written} were written.");
    if (spans.Traces != sent)
        faults.Add($"{spans.Traces} traces were read back, and {sent} requests were sent.");
    faults.AddRange(spans.Faults);

    foreach (string fault in faults.Take(10))
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]FAULT[/] {fault}");
    Console.WriteLine(faults.Count == 0
        ? $"Read back: every line parses; each of the {spans.Traces} traces has its client and its server span, linked parent to child."
        : $"Read back: {faults.Count} faults.");
    return faults.Count == 0 ? 0 : 1;
}

static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

internal sealed record Order(int Id, string State);

/// <summary>The durations of one route's server spans.</summary>
internal sealed class RouteSpans
{
    private readonly List<long> _nanoseconds = [];

    public long Count => _nanoseconds.Count;

    public long Errors { get; private set; }

    public void Add(long nanoseconds, bool failed)
    {
        _nanoseconds.Add(nanoseconds);
        Errors += failed ? 1 : 0;
    }

    public string Quantile(double q)
    {
        _nanoseconds.Sort();
        return (_nanoseconds[(int)Math.Ceiling(q * Count) - 1] / 1e6).ToString("N2", CultureInfo.InvariantCulture);
    }
}

/// <summary>What the files hold, as any other reader of OTLP/JSON lines would find it.</summary>
internal sealed class ReadBack
{
    private const int Server = 2;
    private const int Client = 3;
    private const int Error = 2;

    private readonly Dictionary<string, List<(int Kind, string Id, string Parent)>> _traces = [];

    public Dictionary<string, RouteSpans> Routes { get; } = [];

    public List<string> Faults { get; } = [];

    public long Count { get; private set; }

    public int Traces => _traces.Count;

    public static ReadBack Of(IEnumerable<string> files)
    {
        ReadBack result = new();
        foreach (string file in files)
            result.ReadFile(file);
        foreach ((string trace, List<(int Kind, string Id, string Parent)> spans) in result._traces)
            result.CheckTrace(trace, spans);
        return result;
    }

    private void ReadFile(string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                ReadLine(document.RootElement);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                Faults.Add($"{Path.GetFileName(file)}, line {number}: {e.Message}");
            }
        }
    }

    private void ReadLine(JsonElement line)
    {
        foreach (JsonElement resource in line.GetProperty("resourceSpans").EnumerateArray())
            foreach (JsonElement scope in resource.GetProperty("scopeSpans").EnumerateArray())
                foreach (JsonElement span in scope.GetProperty("spans").EnumerateArray())
                    ReadSpan(span);
    }

    private void ReadSpan(JsonElement span)
    {
        Count++;
        int kind = span.GetProperty("kind").GetInt32();
        string trace = span.GetProperty("traceId").GetString()!;
        string parent = span.TryGetProperty("parentSpanId", out JsonElement id) ? id.GetString()! : "";
        if (!_traces.TryGetValue(trace, out List<(int Kind, string Id, string Parent)>? spans))
            _traces.Add(trace, spans = []);
        spans.Add((kind, span.GetProperty("spanId").GetString()!, parent));
        if (kind == Server)
            AddToRoute(span);
    }

    private void AddToRoute(JsonElement span)
    {
        string name = span.GetProperty("name").GetString()!;
        if (!Routes.TryGetValue(name, out RouteSpans? route))
            Routes.Add(name, route = new RouteSpans());
        long start = long.Parse(span.GetProperty("startTimeUnixNano").GetString()!, CultureInfo.InvariantCulture);
        long end = long.Parse(span.GetProperty("endTimeUnixNano").GetString()!, CultureInfo.InvariantCulture);
        bool failed = span.TryGetProperty("status", out JsonElement status)
            && status.TryGetProperty("code", out JsonElement code) && code.GetInt32() == Error;
        route.Add(end - start, failed);
    }

    private void CheckTrace(string trace, List<(int Kind, string Id, string Parent)> spans)
    {
        (int Kind, string Id, string Parent) client = spans.Find(s => s.Kind == Client), server = spans.Find(s => s.Kind == Server);
        if (spans.Count != 2 || client.Id is null || server.Id is null)
            Faults.Add($"Trace {trace} has {spans.Count} spans, of the kinds {string.Join(", ", spans.Select(s => s.Kind))}.");
        else if (client.Parent.Length != 0 || server.Parent != client.Id)
            Faults.Add($"Trace {trace}: the server span's parent is {server.Parent}, the client span is {client.Id}.");
    }
}
