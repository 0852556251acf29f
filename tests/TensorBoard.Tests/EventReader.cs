using System.Buffers.Binary;
using System.Text;

namespace Tmrvc.TensorBoard.Tests;

/// <summary>
/// An event file read by hand from the published descriptions of TFRecord, protocol buffers and summary.proto; shares nothing with the
/// writer.
/// </summary>
internal static class EventReader
{
    public static IReadOnlyList<Entry> Read(string folder)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, EventFile.FileName));
        var entries = new List<Entry>();
        for (var position = 0; position < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(position));
            RequireCrc(bytes, position, 8);
            RequireCrc(bytes, position + 12, length);
            entries.Add(new Entry(Fields(bytes.AsSpan(position + 12, length))));
            position += 12 + length + 4;
        }
        return entries;
    }

    /// <summary>Pictures and sounds, in order.</summary>
    public static IReadOnlyList<(long Step, string Tag, bool IsSound)> Media(string folder) =>
        [.. Read(folder).SelectMany(entry => entry.Values.Where(value => value.IsMedium).Select(value => (entry.Step, value.Tag, value.IsSound)))];

    /// <summary>Scalars, in order.</summary>
    public static IReadOnlyList<(long Step, string Tag, float Scalar)> Scalars(string folder) =>
        [.. Read(folder).SelectMany(entry => entry.Values.Where(value => !value.IsMedium).Select(value => (entry.Step, value.Tag, value.Scalar)))];

    private static void RequireCrc(byte[] bytes, int start, int length)
    {
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(start + length));
        if (stored != Masked(bytes.AsSpan(start, length))) throw new InvalidDataException($"CRC at {start + length}");
    }

    /// <summary>Bit by bit, reflected polynomial 0x82F63B78.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffffu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
        }
        return crc ^ 0xffffffffu;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc32C(bytes);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    internal static List<(int Field, byte[] Content)> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, byte[])>();
        while (message.Length > 0)
        {
            var key = Varint(ref message);
            var content = (key & 7) switch
            {
                0 => BitConverter.GetBytes(Varint(ref message)),
                1 => Taken(ref message, 8),
                2 => Taken(ref message, (int)Varint(ref message)),
                5 => Taken(ref message, 4),
                _ => throw new InvalidDataException($"wire type {key & 7}"),
            };
            fields.Add(((int)(key >> 3), content));
        }
        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
    }

    private static byte[] Taken(ref ReadOnlySpan<byte> message, int count)
    {
        var taken = message[..count].ToArray();
        message = message[count..];
        return taken;
    }

    internal sealed record Entry(List<(int Field, byte[] Content)> Fields)
    {
        public double WallTime => BitConverter.ToDouble(Fields.Single(f => f.Field == 1).Content);

        public long Step => Fields.Where(f => f.Field == 2).Select(f => BitConverter.ToInt64(f.Content)).SingleOrDefault();

        public string? FileVersion => Fields.Where(f => f.Field == 3).Select(f => Encoding.UTF8.GetString(f.Content)).SingleOrDefault();

        public bool IsMark => Fields.Any(f => f.Field == 7);

        public IReadOnlyList<Value> Values => [.. Fields.Where(f => f.Field == 5)
            .SelectMany(summary => EventReader.Fields(summary.Content)).Select(value => new Value(EventReader.Fields(value.Content)))];
    }

    internal sealed record Value(List<(int Field, byte[] Content)> Fields)
    {
        public string Tag => Encoding.UTF8.GetString(Fields.Single(f => f.Field == 1).Content);

        public bool IsSound => Fields.Any(f => f.Field == 6);

        public bool IsMedium => Fields.Any(f => f.Field is 4 or 6);

        public float Scalar => BitConverter.ToSingle(Fields.Single(f => f.Field == 2).Content);

        /// <summary>Fields of the image (4) or audio (6).</summary>
        public Dictionary<int, byte[]> Medium => EventReader.Fields(Fields.Single(f => f.Field is 4 or 6).Content).ToDictionary(f => f.Field, f => f.Content);
    }
}
