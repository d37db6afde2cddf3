using System.Collections;
using System.Globalization;
using System.Reflection;
using Ring.Tracing;

namespace Ring.Tests.Tracing;

/// <summary>A value that is not the default one for each option, as keys and values of configuration.</summary>
internal static class OptionsInConfiguration
{
    public static Dictionary<string, string?> Of(object options)
    {
        Dictionary<string, string?> keys = [];
        Add(keys, options, prefix: "");
        return keys;
    }

    /// <summary>What the options hold, under the same keys.</summary>
    public static Dictionary<string, string?> Read(object options)
    {
        Dictionary<string, string?> keys = [];
        foreach (PropertyInfo option in OptionsOf(options))
            Read(keys, option.Name, option.GetValue(options));
        return keys;
    }

    private static void Add(Dictionary<string, string?> keys, object options, string prefix)
    {
        foreach (PropertyInfo option in OptionsOf(options))
        {
            string key = prefix + option.Name;
            object? value = option.GetValue(options);
            if (value is ICollection<string>)
                keys[$"{key}:0"] = "first";
            else if (value is IDictionary<string, string>)
                keys[$"{key}:first"] = "value";
            else if (value is IList<SpanLogOptions>)
                Add(keys, new SpanLogOptions(), key + ":0:");
            else if (IsGroup(option.PropertyType))
                Add(keys, value!, key + ":");
            else
                keys[key] = Text(Other(option, value));
        }
    }

    private static void Read(Dictionary<string, string?> keys, string key, object? value)
    {
        if (value is ICollection<string> { Count: > 0 } names)
            keys[$"{key}:0"] = names.First();
        else if (value is IDictionary<string, string> pairs)
            keys[$"{key}:first"] = pairs["first"];
        else if (value is IList<SpanLogOptions> logs)
            Read(keys, key + ":0", logs[0]);
        else if (value is not null && IsGroup(value.GetType()))
            foreach ((string inner, string? text) in Read(value))
                keys[$"{key}:{inner}"] = text;
        else
            keys[key] = Text(value);
    }

    /// <summary>What code alone can give, a delegate, has no place in configuration.</summary>
    private static IEnumerable<PropertyInfo> OptionsOf(object options) =>
        from option in options.GetType().GetProperties()
        where !typeof(Delegate).IsAssignableFrom(option.PropertyType)
        select option;

    private static bool IsGroup(Type type) =>
        type.Namespace == "Ring.Tracing" && type is { IsClass: true } && !typeof(IEnumerable).IsAssignableFrom(type);

    private static object Other(PropertyInfo option, object? value) => value switch
    {
        bool flag => !flag,
        int number => number is int.MaxValue ? 1 : number + 1,
        null when option.PropertyType == typeof(int?) => 7,
        null when option.PropertyType == typeof(long?) => 7L,
        null when option.PropertyType == typeof(TimeSpan?) => TimeSpan.FromHours(1),
        long number => number + 1,
        double number => number + 1,
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        Enum choice => Enum.GetValues(choice.GetType()).Cast<object>().First(other => !other.Equals(choice)),
        string or null when option.PropertyType == typeof(string) => value + "x",
        _ => throw new NotSupportedException($"{option.Name} is of a kind that this test does not know: {option.PropertyType}."),
    };

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
