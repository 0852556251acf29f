using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Reporting;

/// <summary>The page's data. The default encoder escapes <c>&lt;</c>, so the text can stand inside a script element.</summary>
internal static class ReportJson
{
    public static byte[] Serialize(ReportContent content) =>
        JsonSerializer.SerializeToUtf8Bytes(content, ReportJsonContext.Default.ReportContent);

    public static byte[] Serialize(RunLedger ledger) =>
        JsonSerializer.SerializeToUtf8Bytes(ledger, ReportJsonContext.Default.RunLedger);
}

[JsonSerializable(typeof(ReportContent))]
[JsonSerializable(typeof(RunLedger))]
[JsonSerializable(typeof(EvaluationFile))]
[JsonSerializable(typeof(QuarantineLine))]
[JsonSerializable(typeof(VerdictText))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SecondsConverter)])]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

/// <summary>A time span as seconds.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        TimeSpan.FromSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.TotalSeconds, 3));
}
