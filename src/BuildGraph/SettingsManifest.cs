using System.Collections;
using System.Globalization;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Writes a settings record into a manifest (guarantee 2): significant properties by name, nested records, lists and dictionaries by
/// path; the same under every culture and declaration order. What equals its record's default goes to the sink as a default.
/// </summary>
internal static class SettingsManifest
{
    /// <exception cref="NotSupportedException">A property has a type that has no canonical form.</exception>
    public static void Write(object settings, string path, IManifestSink sink) =>
        WriteRecord(settings, SettingsType.Of(settings.GetType()).Defaults, path, sink);

    /// <param name="defaults">The record that holds the defaults; its own properties without default are absent from it.</param>
    private static void WriteRecord(object record, Defaults defaults, string path, IManifestSink sink)
    {
        foreach (var property in SettingsType.Of(record.GetType()).Properties)
        {
            var value = property.Get(record);
            var name = $"{path}.{property.Name}";
            if (!defaults.TryGet(property, out var usual))
                WriteValue(value, name, sink);
            else if (AreSame(value, usual, name))
                WriteValue(value, name, new AsDefaults(sink));
            else if (Scalar(value) is null && value!.GetType() == usual?.GetType() && SettingsType.IsRecord(value.GetType()))
                WriteRecord(value, new Defaults(usual), name, sink);
            else
                WriteValue(value, name, sink);
        }
    }

    private static void WriteValue(object? value, string path, IManifestSink sink)
    {
        if (Scalar(value) is { } text)
            sink.Significant(path, text);
        else if (value is IDictionary dictionary)
            WriteDictionary(dictionary, path, sink);
        else if (value is IEnumerable list)
            WriteList(list, path, sink);
        else if (SettingsType.IsRecord(value!.GetType()))
        {
            sink.Significant(path, value.GetType().Name);
            Write(value, path, sink);
        }
        else
            throw new NotSupportedException(
                $"{path}: type {value.GetType()} has no canonical form; numbers, text, enums, records, lists and dictionaries are allowed.");
    }

    private static void WriteDictionary(IDictionary dictionary, string path, IManifestSink sink)
    {
        sink.Significant(path, $"{dictionary.Count} entries");
        foreach (var key in dictionary.Keys.Cast<object>().OrderBy(Name, StringComparer.Ordinal))
            WriteValue(dictionary[key], $"{path}.{Name(key)}", sink);
    }

    /// <summary>A key as part of a path: text as it is.</summary>
    private static string Name(object key) => key as string ?? Scalar(key) ?? key.ToString()!;

    private static void WriteList(IEnumerable list, string path, IManifestSink sink)
    {
        var values = list.Cast<object?>().ToArray();
        if (list.GetType().GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>)))
            values = [.. values.OrderBy(Scalar, StringComparer.Ordinal)];
        sink.Significant(path, $"{values.Length} elements");
        for (var index = 0; index < values.Length; index++)
            WriteValue(values[index], $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", sink);
    }

    /// <summary>The canonical text of a value that is one word; null for other values.</summary>
    private static string? Scalar(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        Enum name => name.ToString(),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable scalar => scalar.ToString(null, CultureInfo.InvariantCulture),
        StageId id => id.Value,
        _ => null,
    };

    private static bool AreSame(object? first, object? second, string path)
    {
        if (Scalar(first) is { } text)
            return text == Scalar(second);
        return second is not null && Scalar(second) is null && Entries(first!, path).SequenceEqual(Entries(second, path));
    }

    private static IReadOnlyList<ManifestEntry> Entries(object value, string path)
    {
        var sink = new ExplainingSink();
        WriteValue(value, path, sink);
        return sink.Entries;
    }

    private sealed class AsDefaults(IManifestSink sink) : IManifestSink
    {
        public void Significant(string what, string value) => sink.Default(what, value);

        public void Default(string what, string value) => sink.Default(what, value);
    }
}
