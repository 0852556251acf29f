namespace Tmrvc.Configuration;

/// <summary>The root key <c>extends</c> of a profile: the name of the profile that lies below it.</summary>
/// <param name="Name">As written.</param>
/// <param name="Position">Of the name.</param>
public sealed record ProfileExtension(string Name, SourcePosition Position)
{
    public const string Key = "extends";

    /// <summary>Null when the text has no such key, or no name in it: what is wrong with it then, loading the text tells.</summary>
    public static ProfileExtension? Of(ConfigurationLayer layer) =>
        YamlReader.TryRead(layer.Source, layer.Yaml, [], out var root)
        && root is MappingNode mapping && mapping.Find(Key)?.Value is ScalarNode { IsNull: false } name
            ? new(name.Text, name.Position)
            : null;
}
