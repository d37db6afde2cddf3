using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Ring.Tests.Properties.Checking;

namespace Ring.Tests.Interop.Support;

/// <summary>Compares messages, and names the field that differs.</summary>
internal static class Compare
{
    public static void Equal(IMessage expected, IMessage actual, string what)
    {
        if (expected.Equals(actual))
            return;

        foreach (FieldDescriptor field in expected.Descriptor.Fields.InFieldNumberOrder())
            Values(field.Accessor.GetValue(expected), field.Accessor.GetValue(actual), $"{what}.{field.Name}");

        throw new PropertyFailedException($"{what}: the messages differ in a field that neither side knows.");
    }

    private static void Values(object? expected, object? actual, string what)
    {
        if (expected is IMessage message && actual is IMessage other)
            Equal(message, other, what);
        else if (expected is IList list && actual is IList others)
            Lists(list, others, what);
        else
            Require.Equal(expected, actual, what);
    }

    private static void Lists(IList expected, IList actual, string what)
    {
        for (int i = 0; i < Math.Min(expected.Count, actual.Count); i++)
            Values(expected[i], actual[i], $"{what}[{i}]");

        Require.Equal(expected.Count, actual.Count, what + ", items");
    }
}
