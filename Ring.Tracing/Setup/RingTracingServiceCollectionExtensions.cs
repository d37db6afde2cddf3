using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ring.Tracing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a trace log to the services of an application.</summary>
/// <remarks>
/// <para>
/// One <see cref="TraceLog"/> is added, however often that is asked for; options are filled in by each call, in their order. A host
/// makes the log before its services start, refuses to start if an option is not valid or the folder takes no file, and drains the
/// log after its services have stopped. Where there is no host, the log is made when the container is first asked for it, and
/// drained when the container is disposed of.
/// </para>
/// <para>Thread safety: not thread-safe, as the collection of services is not.</para>
/// </remarks>
public static class RingTracingServiceCollectionExtensions
{
    /// <summary>Adds a trace log with options from code.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Fills the options in.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddRingTracing(this IServiceCollection services, Action<TraceLogOptions> configure)
    {
        if (services is null)
            throw new ArgumentNullException(nameof(services));

        if (configure is null)
            throw new ArgumentNullException(nameof(configure));

        AddLog(services).Configure(configure);
        return services;
    }

    /// <summary>
    /// Adds a trace log with options from configuration. Keys are the names of the options, such as <c>Sources:0</c> or
    /// <c>Files:SizeLimitBytes</c>; a key that is none is refused when the options are read, and so is a value that cannot be
    /// converted.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">The section that holds the options and nothing else.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddRingTracing(this IServiceCollection services, IConfiguration section)
    {
        if (services is null)
            throw new ArgumentNullException(nameof(services));

        if (section is null)
            throw new ArgumentNullException(nameof(section));

        AddLog(services).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return services;
    }

    /// <summary>Adds a trace log with options from configuration and then from code, which has the last word.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">The section that holds the options and nothing else.</param>
    /// <param name="configure">Fills in what the section cannot, or should not.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddRingTracing(
        this IServiceCollection services, IConfiguration section, Action<TraceLogOptions> configure) =>
        services.AddRingTracing(section).AddRingTracing(configure);

    private static OptionsBuilder<TraceLogOptions> AddLog(IServiceCollection services)
    {
        services.TryAddSingleton(NewLog);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TraceLogHostedService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TraceLogOptions>, TraceLogOptionsValidation>());
        return services.AddOptions<TraceLogOptions>().ValidateOnStart();
    }

    private static TraceLog NewLog(IServiceProvider services)
    {
        ILogger<TraceLog>? logger = services.GetService<ILoggerFactory>()?.CreateLogger<TraceLog>();
        return new TraceLog(
            services.GetRequiredService<IOptions<TraceLogOptions>>().Value,
            services.GetService<IMeterFactory>(),
            logger is null ? null : new LoggingObserver(logger));
    }
}
