using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ring.Tracing;

/// <summary>A growing buffer of UTF-8 bytes that is emptied and filled again, so that encoding allocates nothing.</summary>
/// <remarks>Not thread-safe: the drain thread owns it.</remarks>
internal sealed class Utf8Buffer(int capacity)
{
    private const int LongestNumber = 32;
    private const int LongestTime = 33;

    // A lone surrogate becomes U+FFFD, so what is written is valid UTF-8 whatever the text is.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The array behind the buffer. Its first <see cref="Length"/> bytes are the content; growing replaces it.</summary>
    public byte[] Bytes { get; private set; } = new byte[capacity];

    /// <summary>How many bytes are in the buffer.</summary>
    public int Length { get; private set; }

    public void Clear() => Length = 0;

    /// <summary>Takes back everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        Debug.Assert(length <= Length, "Truncating can only shorten.");
        Length = length;
    }

    public void Append(byte value)
    {
        EnsureRoom(1);
        Bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(Bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Append(Utf8Buffer other) => Append(other.Bytes.AsSpan(0, other.Length));

    /// <summary>Appends a part of a text as it is, without escaping.</summary>
    public void AppendText(string text, int start, int count)
    {
        EnsureRoom(Utf8.GetMaxByteCount(count));
        Length += Utf8.GetBytes(text, start, count, Bytes, Length);
    }

    public void AppendText(string text) => AppendText(text, 0, text.Length);

    public void AppendNumber(long value)
    {
        EnsureRoom(LongestNumber);
        Utf8Formatter.TryFormat(value, Bytes.AsSpan(Length), out int written);
        Length += written;
    }

    /// <summary>Appends 16 lower-case digits.</summary>
    public void AppendHex(ulong value)
    {
        const int Digits = 16;
        EnsureRoom(Digits);
        Utf8Formatter.TryFormat(value, Bytes.AsSpan(Length), out int written, new System.Buffers.StandardFormat('x', Digits));
        Length += written;
    }

    /// <summary>
    /// Appends the shortest text that reads back as the same finite number. Without a string in between only on .NET.
    /// </summary>
    public void AppendNumber(double value)
    {
#if NET
        EnsureRoom(LongestNumber);
        value.TryFormat(Bytes.AsSpan(Length), out int written, "R", CultureInfo.InvariantCulture);
        Length += written;
#else
        AppendText(value.ToString("R", CultureInfo.InvariantCulture));
#endif
    }

    /// <summary>Appends a UTC time in ISO 8601 with a trailing <c>Z</c>, exact to 100 ns.</summary>
    public void AppendTime(DateTime utc)
    {
        EnsureRoom(LongestTime);
        Utf8Formatter.TryFormat(utc, Bytes.AsSpan(Length), out int written, 'O');
        Length += written;
    }

    public void AppendBase64(byte[] bytes)
    {
        EnsureRoom(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, Bytes.AsSpan(Length), out _, out int written);
        Length += written;
    }

    private void EnsureRoom(int count)
    {
        if (Bytes.Length - Length < count)
            Grow(count);
    }

    private void Grow(int count)
    {
        byte[] bytes = new byte[Math.Max(checked(Length + count), Bytes.Length * 2)];
        Buffer.BlockCopy(Bytes, 0, bytes, 0, Length);
        Bytes = bytes;
    }
}
