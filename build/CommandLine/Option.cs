namespace Tmrvc.Build.CommandLine;

/// <summary>One option of the front door: how it is written, what it takes, what it changes.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Value">How its value is written in the help text; null for none; in brackets when it may be left out.</param>
/// <param name="Apply">Puts the value (null when left out) into the request.</param>
/// <exception cref="FormatException">From <paramref name="Apply"/>: the value is not allowed; the message says what is.</exception>
internal sealed record Option(string Name, string? Value, string Meaning, Func<Request, string?, Request> Apply)
{
    public bool NeedsValue => Value is not null && !Value.StartsWith('[');

    public bool TakesValue => Value is not null;

    public bool Repeats { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public bool IsWritten(string name) => name == Name || Aliases.Contains(name);
}
