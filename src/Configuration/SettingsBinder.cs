using System.Collections;
using System.Reflection;

namespace Tmrvc.Configuration;

/// <summary>Fills settings records from nodes and collects every mistake on the way; goes on after each as if the key were absent.</summary>
internal sealed class SettingsBinder(List<ConfigurationMistake> mistakes)
{
    private readonly HashSet<string> _invalid = [];
    private int _unusable;

    /// <summary>The value, or null when a mistake made it unusable.</summary>
    /// <param name="usual">The value where nothing is written: a record keeps what the mapping does not mention.</param>
    public object? Bind(ConfigurationNode node, Type type, string path, object? usual = null)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarConversion.Allowed(type) is { } allowed)
            return BindScalar(node, type, path, allowed);
        if (ElementOf(type, typeof(IReadOnlyList<>)) is { } item)
            return node is SequenceNode list ? BindList(list, item, path) : Mismatch(node, path, "a list");
        if (ElementOf(type, typeof(IReadOnlyDictionary<,>)) is { } value)
            return node is MappingNode named ? BindDictionary(named, value, path) : Mismatch(node, path, "a mapping of names");
        return node is MappingNode mapping ? BindRecord(mapping, type, path, usual) : Mismatch(node, path, "a mapping of settings");
    }

    private object? BindScalar(ConfigurationNode node, Type type, string path, string allowed) =>
        node is ScalarNode { IsNull: false } scalar && ScalarConversion.Convert(scalar, type) is { } value
            ? value
            : Mismatch(node, path, allowed);

    private Array BindList(SequenceNode list, Type itemType, string path)
    {
        var items = Array.CreateInstance(itemType, list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
            if (Bind(list.Items[i], itemType, $"{path}.{i}") is { } item)
                items.SetValue(item, i);
        return items;
    }

    private IDictionary BindDictionary(MappingNode mapping, Type valueType, string path)
    {
        var values = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        var named = mapping.Entries.Where(entry => !entry.OnlyFromOverride).Select(entry => entry.Key).ToList();
        foreach (var entry in mapping.Entries)
            if (entry.OnlyFromOverride && !ScalarTypes(valueType))
                AddUnknown(entry, path, named);
            else if (Bind(entry.Value, valueType, Join(path, entry.Key)) is { } value)
                values.Add(entry.Key, value);
        return values;
    }

    private object BindRecord(MappingNode mapping, Type type, string path, object? usual)
    {
        var before = _unusable;
        var shape = SettingsShape.Of(type);
        var settings = usual is null ? shape.New() : shape.Copy(usual);
        foreach (var entry in mapping.Entries)
            if (shape.Properties.TryGetValue(entry.Key, out var property))
                BindProperty(settings, property, entry, path);
            else
                AddUnknown(entry, path, [.. shape.Properties.Keys]);
        foreach (var key in shape.Required.Where(key => usual is null && mapping.Find(key) is null))
            AddUnusable(mapping.Position, $"{Join(path, key)}: required, not found");
        if (_unusable == before && settings is IValidated validated)
            AddInvalid(validated, mapping, path);
        return settings;
    }

    private void BindProperty(object settings, PropertyInfo property, MappingEntry entry, string path)
    {
        if (entry.Value is ScalarNode { IsNull: true } && SettingsShape.AllowsNull(property))
            property.SetValue(settings, null);
        else if (Bind(entry.Value, property.PropertyType, Join(path, entry.Key), property.GetValue(settings)) is { } value)
            property.SetValue(settings, value);
    }

    /// <summary>
    /// Asks the record itself, unless a value of it could not be read: the default in its place would be judged. What a record says of
    /// one nested in it, that one has said already.
    /// </summary>
    private void AddInvalid(IValidated settings, MappingNode mapping, string path)
    {
        foreach (var (property, message) in settings.Mistakes())
            if (_invalid.Add($"{Join(path, property)}: {message}"))
                Add(PositionOf(mapping, property), $"{Join(path, property)}: {message}");
    }

    /// <summary>Where the property, or the nearest enclosing one that is written, stands.</summary>
    private static SourcePosition PositionOf(ConfigurationNode node, string property)
    {
        var position = node.Position;
        foreach (var step in property.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node is MappingNode mapping && mapping.Find(step) is { } entry)
                (node, position) = (entry.Value, entry.Position);
            else if (node is SequenceNode list && int.TryParse(step, out var index) && index < list.Items.Count)
                (node, position) = (list.Items[index], list.Items[index].Position);
            else
                break;
        }
        return position;
    }

    private static bool ScalarTypes(Type type) => ScalarConversion.Allowed(Nullable.GetUnderlyingType(type) ?? type) is not null;

    private static Type? ElementOf(Type type, Type generic) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[^1] : null;

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private object? Mismatch(ConfigurationNode node, string path, string allowed)
    {
        AddUnusable(node.Position, $"{(path.Length == 0 ? "the file" : path)}: found {node.Described}, allowed is {allowed}");
        return null;
    }

    private void AddUnusable(SourcePosition position, string message)
    {
        _unusable++;
        Add(position, message);
    }

    private void AddUnknown(MappingEntry entry, string path, IReadOnlyCollection<string> known) =>
        Add(entry.Position, $"{Join(path, entry.Key)}: unknown key; {ClosestName.Advice(entry.Key, known)}");

    private void Add(SourcePosition position, string message) => mistakes.Add(new ConfigurationMistake(position, message));
}
