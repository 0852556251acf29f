namespace Tmrvc.Configuration;

/// <summary>One YAML text among several that are merged, later ones over earlier ones: mappings by key, everything else as a whole.</summary>
/// <param name="Source">The file's name as the user knows it; mistakes carry it.</param>
/// <param name="Section">The key under which the text's content lives, null for the root.</param>
public sealed record ConfigurationLayer(string Source, string Yaml, string? Section = null);
