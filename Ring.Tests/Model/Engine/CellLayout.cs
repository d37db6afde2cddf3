using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ring.Tests.Model.Engine;

/// <summary>Where in a struct that is an atomic cell its values lie.</summary>
internal static class CellLayout<T>
    where T : struct
{
    private static readonly int[] Offsets = FindOffsets();

    /// <summary>Notes that the whole struct was stored plainly.</summary>
    public static void MarkWritten(ModelThread thread, ref T cell)
    {
        foreach (int offset in Offsets)
        {
            ref byte value = ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref cell), offset);
            thread.Execution.Memory.NoteInitialization(thread, ref value);
        }
    }

    /// <summary>Said by attributes, or else there is but one value, at the beginning; other structs are not cells.</summary>
    private static int[] FindOffsets()
    {
        FieldInfo[] fields = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (fields.All(field => field.GetCustomAttribute<FieldOffsetAttribute>() is not null))
            return Array.ConvertAll(fields, field => field.GetCustomAttribute<FieldOffsetAttribute>()!.Value);
        return fields.Length == 1 ? [0] : [];
    }
}
