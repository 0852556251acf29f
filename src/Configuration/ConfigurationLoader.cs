namespace Tmrvc.Configuration;

/// <summary>Layers of YAML and <c>--set</c> overrides in, one validated settings record out.</summary>
public static class ConfigurationLoader
{
    /// <param name="layers">Lowest first.</param>
    /// <param name="overrides">KEY=VALUE each, over all layers, in order.</param>
    /// <exception cref="ConfigurationException">With every mistake in all layers and overrides.</exception>
    public static T Load<T>(IEnumerable<ConfigurationLayer> layers, IEnumerable<string> overrides)
        where T : notnull
    {
        var mistakes = new List<ConfigurationMistake>();
        var root = Merge(layers, mistakes);
        if (root is null)
            throw new ConfigurationException(mistakes);
        foreach (var written in overrides)
            if (SettingOverride.Parse(written, mistakes) is { } change)
                root = change.ApplyTo(root, mistakes);
        var settings = new SettingsBinder(mistakes).Bind(root, typeof(T), path: "");
        return mistakes.Count == 0 ? (T)settings! : throw new ConfigurationException(mistakes);
    }

    /// <summary>Null when a text is not YAML: whatever else the others lack is then only guessed at, and not reported.</summary>
    private static ConfigurationNode? Merge(IEnumerable<ConfigurationLayer> layers, List<ConfigurationMistake> mistakes)
    {
        ConfigurationNode root = new MappingNode(new SourcePosition("configuration", 0, 0), []);
        var unreadable = false;
        foreach (var layer in layers)
            if (YamlReader.TryRead(layer.Source, layer.Yaml, mistakes, out var read))
                root = read is null ? root : NodeMerge.Over(root, UnderSection(read, layer.Section));
            else
                unreadable = true;
        return unreadable ? null : root;
    }

    private static ConfigurationNode UnderSection(ConfigurationNode node, string? section) =>
        section is null ? node : new MappingNode(node.Position, [new MappingEntry(section, node.Position, node)]);
}
