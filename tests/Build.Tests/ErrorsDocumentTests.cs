using System.Text.RegularExpressions;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

/// <summary>docs/errors.md lists messages as the program has them: one that is reworded has to be reworded there.</summary>
public sealed partial class ErrorsDocumentTests
{
    /// <summary>A part between two … that is shorter says nothing.</summary>
    private const int Telling = 6;

    private static readonly string[] Sources =
    [
        .. new[] { ("*.cs", "src"), ("*.cs", "build"), ("*.sh", "build") }.SelectMany(files => Repository.Files(files.Item1, files.Item2))
            .Select(file => File.ReadAllText(Path.Combine(Repository.Root, file))),
    ];

    private static IEnumerable<string> Messages() =>
        Message().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"))).Select(match => match.Groups[1].Value);

    [TestCaseSource(nameof(Messages))]
    public void Every_part_of_a_listed_message_stands_in_one_source_file(string message)
    {
        string[] parts = [.. message.Split('…').Where(part => part.Trim().Length >= Telling)];

        Assert.That(parts, Is.Not.Empty, "nothing of it can be looked for");
        Assert.That(Sources.Any(source => parts.All(part => source.Contains(part, StringComparison.Ordinal))), Is.True, message);
    }

    [Test]
    public void There_are_messages_for_every_part_of_the_program() => Assert.That(Messages().Count(), Is.GreaterThanOrEqualTo(40));

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Message();
}
