namespace Tmrvc.Configuration;

/// <summary>One thing wrong with the configuration.</summary>
/// <param name="Message">Subject first, what was found, what is allowed.</param>
public sealed record ConfigurationMistake(SourcePosition Position, string Message)
{
    public override string ToString() => $"{Position}: {Message}";
}

/// <summary>Thrown once with every mistake of a configuration, by source and line. The front door exits with code 2.</summary>
public sealed class ConfigurationException(IEnumerable<ConfigurationMistake> mistakes) : Exception
{
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; } = [.. mistakes.OrderBy(mistake => mistake.Position)];

    public override string Message => string.Join('\n', Mistakes);
}
