namespace Tmrvc.Configuration;

/// <summary>A piece of YAML that remembers where it was written, so that a mistake found after merging still names its line.</summary>
internal abstract record ConfigurationNode(SourcePosition Position)
{
    /// <summary>What a person would call it in a message.</summary>
    public abstract string Described { get; }
}

/// <param name="Quoted">A quoted scalar is text even where it reads like null.</param>
internal sealed record ScalarNode(SourcePosition Position, string Text, bool Quoted) : ConfigurationNode(Position)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null";

    public override string Described => IsNull ? "no value" : $"'{Text}'";
}

internal sealed record SequenceNode(SourcePosition Position, IReadOnlyList<ConfigurationNode> Items) : ConfigurationNode(Position)
{
    public override string Described => "a list";
}

internal sealed record MappingNode(SourcePosition Position, IReadOnlyList<MappingEntry> Entries) : ConfigurationNode(Position)
{
    public override string Described => "a mapping";

    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <param name="OnlyFromOverride">The entry exists because a <c>--set</c> path passed through it, not because a file names it.</param>
internal sealed record MappingEntry(string Key, SourcePosition Position, ConfigurationNode Value, bool OnlyFromOverride = false);
