namespace Tmrvc.Configuration;

/// <summary>Lays one tree of nodes over another: mappings key by key, scalars and lists as a whole. Positions stay with what was written.</summary>
internal static class NodeMerge
{
    public static ConfigurationNode Over(ConfigurationNode below, ConfigurationNode above) =>
        below is MappingNode lower && above is MappingNode upper ? Over(lower, upper) : above;

    private static MappingNode Over(MappingNode below, MappingNode above)
    {
        var entries = below.Entries.Select(entry => above.Find(entry.Key) is { } over ? Over(entry, over) : entry);
        var added = above.Entries.Where(entry => below.Find(entry.Key) is null);
        return below with { Entries = [.. entries, .. added] };
    }

    private static MappingEntry Over(MappingEntry below, MappingEntry above)
    {
        var onlyFromOverride = below.OnlyFromOverride && above.OnlyFromOverride;
        return above with { Value = Over(below.Value, above.Value), OnlyFromOverride = onlyFromOverride };
    }
}
