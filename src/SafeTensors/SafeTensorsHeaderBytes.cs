using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tmrvc.SafeTensors;

/// <summary>The first bytes of a file: header length, JSON, spaces up to the next multiple of 64.</summary>
internal static class SafeTensorsHeaderBytes
{
    private const int Alignment = 64;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Build(IReadOnlyList<PendingTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var json = Json(tensors, metadata);
        var total = (sizeof(ulong) + json.Length + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[total];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(total - sizeof(ulong)));
        json.CopyTo(bytes.AsSpan(sizeof(ulong)));
        bytes.AsSpan(sizeof(ulong) + json.Length).Fill((byte)' ');
        return bytes;
    }

    private static ReadOnlySpan<byte> Json(IReadOnlyList<PendingTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, tensors);
            json.WriteEndObject();
        }
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        json.WriteStartObject(SafeTensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, IReadOnlyList<PendingTensor> tensors)
    {
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            WriteNumbers(json, "shape", tensor.Shape);
            WriteNumbers(json, "data_offsets", [offset, offset + tensor.ByteLength]);
            json.WriteEndObject();
            offset += tensor.ByteLength;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string field, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(field);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
