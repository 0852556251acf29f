using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>
/// The host's command line: <c>--name=value</c>, <c>--name:value</c> or <c>--name value</c>. Options it does not know are kept for
/// <see cref="ICakeArguments"/>, with a null value when none follows.
/// </summary>
internal sealed class HostOptions
{
    private readonly List<KeyValuePair<string, string?>> _unknown = [];

    private HostOptions(Queue<string> words)
    {
        while (words.TryDequeue(out var word))
            Take(word, words);
        if (Targets.Count == 0)
            Targets.Add("Default");
    }

    public List<string> Targets { get; } = [];

    public DirectoryPath? WorkingDirectory { get; private set; }

    public Verbosity Verbosity { get; private set; } = Verbosity.Normal;

    public HostAction Action { get; private set; } = HostAction.Run;

    public bool Exclusive { get; private set; }

    /// <exception cref="FrostingException">A word is no option, or a value is missing or not allowed.</exception>
    public static HostOptions Parse(IEnumerable<string> arguments) => new(new Queue<string>(arguments));

    /// <summary>Everything a task may ask for: the options not known here, and the targets.</summary>
    public CakeArguments ToCakeArguments() => new(_unknown
        .Concat(Targets.Select(target => KeyValuePair.Create("target", (string?)target)))
        .ToLookup(argument => argument.Key, argument => argument.Value!, StringComparer.OrdinalIgnoreCase));

    private void Take(string word, Queue<string> rest)
    {
        if (!word.StartsWith('-') || word.TrimStart('-').Length == 0)
            throw new FrostingException($"'{word}' is no option; a target is chosen by --target {word}.");
        var split = word.IndexOfAny(['=', ':']);
        var name = (split < 0 ? word : word[..split]).TrimStart('-');
        var value = split < 0 ? null : word[(split + 1)..].Trim('"');
        TakeOption(word, name, () => value ?? ValueAfter(rest));
    }

    private void TakeOption(string word, string name, Func<string?> value)
    {
        string Needed() => value() ?? throw new FrostingException($"Option '{word}' needs a value.");
        switch (name)
        {
            case "target" or "Target" or "t": Targets.Add(Needed()); break;
            case "working" or "w": WorkingDirectory = new DirectoryPath(Needed()); break;
            case "verbosity" or "v": Verbosity = VerbosityOf(Needed()); break;
            case "exclusive" or "e": Exclusive = true; break;
            case "description" or "descriptions" or "showdescription" or "showdescriptions": Action = HostAction.Describe; break;
            case "tree" or "showtree": Action = HostAction.ShowTree; break;
            case "dryrun" or "noop" or "whatif": Action = HostAction.DryRun; break;
            case "version" or "ver": Action = HostAction.ShowVersion; break;
            case "info": Action = HostAction.ShowInfo; break;
            case "help" or "h" or "?": Action = HostAction.ShowHelp; break;
            default: _unknown.Add(KeyValuePair.Create(name, value())); break;
        }
    }

    private static string? ValueAfter(Queue<string> rest) =>
        rest.TryPeek(out var next) && !next.StartsWith('-') ? rest.Dequeue() : null;

    private static Verbosity VerbosityOf(string written)
    {
        var named = Enum.GetValues<Verbosity>().Cast<Verbosity?>().FirstOrDefault(verbosity =>
            written.Equals($"{verbosity}", StringComparison.OrdinalIgnoreCase)
            || written.Equals($"{verbosity}"[..1], StringComparison.OrdinalIgnoreCase));
        return named ?? throw new FrostingException(
            $"Verbosity '{written}': one of {string.Join(", ", Enum.GetNames<Verbosity>())} is allowed.");
    }
}

/// <summary>What the host does with its tasks.</summary>
internal enum HostAction
{
    Run,
    DryRun,
    ShowTree,
    Describe,
    ShowVersion,
    ShowInfo,
    ShowHelp,
}
