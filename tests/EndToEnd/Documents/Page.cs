using System.Text;
using System.Text.RegularExpressions;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>A page for users, and what of it is meant to be typed: the commands of its sh blocks.</summary>
/// <param name="Name">Relative to the repository, such as <c>docs/cache.md</c>.</param>
internal sealed partial record Page(string Name, string Text)
{
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Prepend(Path.Combine(Checkout.Root, "README.md"))
            .Select(path => new Page(Path.GetRelativePath(Checkout.Root, path), File.ReadAllText(path))),
    ];

    /// <summary>Every fenced block: the language it names, empty where it names none, and what stands in it.</summary>
    public IReadOnlyList<(string Language, string Content)> Blocks { get; } =
        [.. Fence().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>In the order of the page. Lines that go on and here-documents belong to their command, comments to none.</summary>
    public IReadOnlyList<string> Commands => [.. Blocks.Where(block => block.Language == "sh").SelectMany(block => CommandsIn(block.Content))];

    /// <summary>Uses of the front door that are named in a sentence or a table, outside of all blocks.</summary>
    public IEnumerable<string> Mentions => Mention().Matches(Fence().Replace(Text, "")).Select(match => match.Groups[1].Value);

    public override string ToString() => Name;

    private static IEnumerable<string> CommandsIn(string block)
    {
        var command = new StringBuilder();
        string? end = null;
        foreach (var line in block.Split('\n'))
        {
            var isInside = end is not null;
            command.Append(isInside ? line : Comment().Replace(line, "").TrimEnd()).Append('\n');
            end = isInside && line == end ? null : end ?? (HereDocument().Match(line) is { Success: true } here ? here.Groups[1].Value : null);
            if (end is not null || command.ToString().EndsWith("\\\n", StringComparison.Ordinal))
                continue;
            if (command.ToString().Trim() is { Length: > 0 } whole)
                yield return whole;
            command.Clear();
        }
    }

    [GeneratedRegex(@"^```([\w-]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`(\./build\.sh [^`\n]+)`")]
    private static partial Regex Mention();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"<<'(\w+)'$")]
    private static partial Regex HereDocument();
}
