using YamlDotNet.RepresentationModel;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>What is absent reads as empty.</summary>
internal static class Yaml
{
    public static bool Has(this YamlMappingNode node, string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    public static YamlMappingNode Map(this YamlMappingNode node, string key) => Value(node, key) as YamlMappingNode ?? new YamlMappingNode();

    public static string? Text(this YamlMappingNode node, string key) => (Value(node, key) as YamlScalarNode)?.Value;

    /// <summary>Of a list, or of a scalar in its place.</summary>
    public static IReadOnlyList<string> Texts(this YamlMappingNode node, string key) => Value(node, key) switch
    {
        YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "")],
        YamlScalarNode { Value: { } text } => [text],
        _ => [],
    };

    public static IReadOnlyList<YamlMappingNode> Maps(this YamlMappingNode node, string key) =>
        Value(node, key) is YamlSequenceNode list ? [.. list.Children.OfType<YamlMappingNode>()] : [];

    public static IReadOnlyDictionary<string, string> Pairs(this YamlMappingNode node) =>
        node.Children.ToDictionary(pair => pair.Key.ToString(), pair => (pair.Value as YamlScalarNode)?.Value ?? "");

    private static YamlNode? Value(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
