namespace Tmrvc.Configuration;

/// <summary>One <c>--set KEY=VALUE</c>: a dotted path, in which a number is an index where a list is, and a YAML value.</summary>
internal sealed record SettingOverride(string Written, IReadOnlyList<string> Path, ConfigurationNode Value)
{
    private SourcePosition Position => new(SourceOf(Written), 0, 0);

    /// <summary>Null, with a mistake added, when the text has no <c>=</c>, an empty step, or a value that is not YAML.</summary>
    public static SettingOverride? Parse(string written, List<ConfigurationMistake> mistakes)
    {
        var position = new SourcePosition(SourceOf(written), 0, 0);
        var equals = written.IndexOf('=');
        var path = equals < 0 ? [] : written[..equals].Split('.');
        if (path.Length == 0 || path.Any(step => step.Length == 0))
        {
            mistakes.Add(new ConfigurationMistake(position, "KEY=VALUE is allowed, KEY being a dotted path such as phases.0.lr"));
            return null;
        }
        if (!YamlReader.TryRead(position.Source, written[(equals + 1)..], mistakes, out var value, hasLines: false))
            return null;
        return new(written, path, value ?? new ScalarNode(position, "", Quoted: false));
    }

    public ConfigurationNode ApplyTo(ConfigurationNode root, List<ConfigurationMistake> mistakes) => Apply(root, 0, mistakes);

    private ConfigurationNode Apply(ConfigurationNode? node, int depth, List<ConfigurationMistake> mistakes)
    {
        if (depth == Path.Count)
            return Value;
        return node switch
        {
            SequenceNode list => ApplyToItem(list, depth, mistakes),
            MappingNode mapping => ApplyToEntry(mapping, depth, mistakes),
            _ => ApplyToEntry(new MappingNode(Position, []), depth, mistakes),
        };
    }

    private SequenceNode ApplyToItem(SequenceNode list, int depth, List<ConfigurationMistake> mistakes)
    {
        if (!int.TryParse(Path[depth], out var index) || index < 0 || index >= list.Items.Count)
        {
            var allowed = list.Items.Count == 0 ? "the list is empty" : $"0 to {list.Items.Count - 1} is allowed";
            mistakes.Add(new ConfigurationMistake(Position, $"no item '{Path[depth]}' in {string.Join('.', Path.Take(depth))}: {allowed}"));
            return list;
        }
        var items = list.Items.ToArray();
        items[index] = Apply(items[index], depth + 1, mistakes);
        return list with { Items = items };
    }

    private MappingNode ApplyToEntry(MappingNode mapping, int depth, List<ConfigurationMistake> mistakes)
    {
        var existing = mapping.Find(Path[depth]);
        var value = Apply(existing?.Value, depth + 1, mistakes);
        var entry = new MappingEntry(Path[depth], Position, value, existing?.OnlyFromOverride ?? true);
        var entries = existing is null
            ? mapping.Entries.Append(entry)
            : mapping.Entries.Select(other => other == existing ? entry : other);
        return mapping with { Entries = [.. entries] };
    }

    private static string SourceOf(string written) => $"--set {written}";
}
