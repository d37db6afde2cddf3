using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class AddRingTracingTests
{
    private LogFixture _fixture = null!;
    private ServiceCollection _services = null!;

    [SetUp]
    public void MakeFixture()
    {
        _fixture = new LogFixture();
        _services = [];
    }

    [TearDown]
    public void DisposeFixture() => _fixture.Dispose();

    [Test]
    public void A_container_makes_one_log_and_drains_it_when_it_is_disposed_of()
    {
        _services.AddRingTracing(Configure);
        TraceLog log;
        using (ServiceProvider provider = _services.BuildServiceProvider())
        {
            log = provider.GetRequiredService<TraceLog>();
            Assert.That(provider.GetRequiredService<TraceLog>(), Is.SameAs(log));
            _fixture.End(20);
        }

        Assert.That(LogFixture.Read(log), Has.Count.EqualTo(20));
        Assert.That(log.StatisticFiles, Is.Not.Empty);
    }

    [Test]
    public void Adding_twice_adds_one_log_and_fills_the_options_in_twice()
    {
        _services.AddRingTracing(Configure).AddRingTracing(options => options.ServiceName += "-2");
        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Multiple(() =>
        {
            Assert.That(provider.GetServices<TraceLog>().Count(), Is.EqualTo(1));
            Assert.That(provider.GetServices<IHostedService>().Count(), Is.EqualTo(1));
            Assert.That(OptionsOf(provider).ServiceName, Is.EqualTo("shop-2"));
            Assert.That(OptionsOf(provider).Sources, Is.EqualTo([_fixture.Source.Name]));
        });
    }

    [Test]
    public void Code_has_the_last_word_over_the_section()
    {
        IConfiguration section = Section(("Directory", _fixture.Root), ("ServiceName", "section"), ("Sources:0", "A"));
        _services.AddRingTracing(section, options =>
        {
            options.ServiceName += "-code";
            options.Sources.Add("B");
        });
        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Multiple(() =>
        {
            Assert.That(OptionsOf(provider).ServiceName, Is.EqualTo("section-code"));
            Assert.That(OptionsOf(provider).Sources, Is.EqualTo(["A", "B"]));
        });
    }

    [Test]
    public void Every_option_can_be_given_in_configuration()
    {
        Dictionary<string, string?> keys = OptionsInConfiguration.Of(new TraceLogOptions());
        _services.AddRingTracing(new ConfigurationBuilder().AddInMemoryCollection(keys).Build());
        using ServiceProvider provider = _services.BuildServiceProvider();
        TraceLogOptions options = new();
        foreach (IConfigureOptions<TraceLogOptions> configure in provider.GetServices<IConfigureOptions<TraceLogOptions>>())
            configure.Configure(options);

        Assert.That(keys.Keys, Is.SupersetOf(["Directory", "Sources:0", "Files:SizeLimitBytes", "Statistics:Interval"]));
        Assert.That(OptionsInConfiguration.Read(options), Is.EquivalentTo(keys));
    }

    [TestCase("Sirectory", "x", "Sirectory")]
    [TestCase("RingSize", "many", "RingSize")]
    [TestCase("Overflow", "Sometimes", "Overflow")]
    [TestCase("Files:SizeLimit", "100000", "SizeLimit")]
    public void A_key_that_is_no_option_and_a_value_that_is_none_are_named(string key, string value, string name)
    {
        _services.AddRingTracing(Section(("Directory", _fixture.Root), ("Sources:0", "A"), (key, value)));
        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<TraceLog>(), Throws.InvalidOperationException.With.Message.Contains(name));
    }

    [Test]
    public void Validation_says_what_the_log_itself_says()
    {
        Action<TraceLogOptions>[] spoils =
        [
            options => options.Directory = "",
            options => options.Sources.Add("a*b"),
            options => options.RingSize = 100,
            options => options.Files.SizeLimitBytes = 1,
            options => options.Statistics.Interval = TimeSpan.Zero,
        ];
        foreach (Action<TraceLogOptions> spoil in spoils)
        {
            string expected = Assert.Catch<ArgumentException>(() => _fixture.Open(spoil).Dispose())!.Message;
            using ServiceProvider provider = new ServiceCollection().AddRingTracing(Configure).AddRingTracing(spoil).BuildServiceProvider();
            OptionsValidationException? exception =
                Assert.Catch<OptionsValidationException>(() => provider.GetRequiredService<TraceLog>());
            Assert.That(exception!.Message, Is.EqualTo(expected));
        }
    }

    [Test]
    public void A_log_that_the_application_made_itself_is_left_in_place()
    {
        using TraceLog log = _fixture.Open();
        _services.AddSingleton(log).AddRingTracing(Configure);
        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<TraceLog>(), Is.SameAs(log));
    }

    [Test]
    public void Arguments_are_required() => Assert.Multiple(() =>
    {
        IConfiguration section = Section();
        Assert.That(() => ((IServiceCollection)null!).AddRingTracing(Configure), Throws.ArgumentNullException);
        Assert.That(() => ((IServiceCollection)null!).AddRingTracing(section), Throws.ArgumentNullException);
        Assert.That(() => _services.AddRingTracing((Action<TraceLogOptions>)null!), Throws.ArgumentNullException);
        Assert.That(() => _services.AddRingTracing((IConfiguration)null!), Throws.ArgumentNullException);
        Assert.That(() => _services.AddRingTracing(section, null!), Throws.ArgumentNullException);
        Assert.That(() => ((IHealthChecksBuilder)null!).AddRingTracing(), Throws.ArgumentNullException);
    });

    private void Configure(TraceLogOptions options)
    {
        options.Directory = _fixture.Root;
        options.ServiceName = "shop";
        if (options.Sources.Count == 0)
            options.Sources.Add(_fixture.Source.Name);
    }

    private static TraceLogOptions OptionsOf(ServiceProvider provider) => provider.GetRequiredService<IOptions<TraceLogOptions>>().Value;

    private static IConfiguration Section(params (string Key, string Value)[] keys) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(keys.Select(key => KeyValuePair.Create("Tracing:" + key.Key, (string?)key.Value)))
            .Build()
            .GetSection("Tracing");
}
