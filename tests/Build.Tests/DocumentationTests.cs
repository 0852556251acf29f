using System.Text.RegularExpressions;
using Tmrvc.ArtifactStore;
using Tmrvc.Build.Caches;
using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests;

/// <summary>What the documents promise is so.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Documents = ["README.md", .. Repository.Files("*.md", "docs")];

    [Test]
    public void Every_relative_link_leads_to_a_file()
    {
        var dead =
            from document in Documents
            from Match link in Link().Matches(Text(document))
            let target = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups[1].Value)
            where !File.Exists(target)
            select $"{document}: {link.Groups[1].Value}";

        Assert.That(dead, Is.Empty);
    }

    [Test]
    public void Every_anchor_leads_to_a_heading()
    {
        var dead =
            from document in Documents
            from Match link in Anchor().Matches(Text(document))
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups[1].Value)
            let target = link.Groups[1].Length == 0 ? Path.Combine(Repository.Root, document) : path
            where File.Exists(target) && !Headings(File.ReadAllText(target)).Contains(link.Groups[2].Value)
            select $"{document}: {link.Value}";

        Assert.That(dead, Is.Empty);
    }

    [Test]
    public void Every_page_is_reached_from_the_readme()
    {
        var reached = new HashSet<string>();
        Follow("README.md");

        Assert.That(Documents.Except(reached), Is.Empty);

        void Follow(string document)
        {
            if (!reached.Add(document))
                return;
            foreach (Match link in Link().Matches(Text(document)).Where(link => link.Groups[1].Value.EndsWith(".md", StringComparison.Ordinal)))
                Follow(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups[1].Value))));
        }
    }

    [Test]
    public void Every_source_file_that_a_document_names_exists()
    {
        var missing =
            from document in Documents
            from Match name in SourceFile().Matches(Text(document))
            let path = Path.Combine(Repository.Root, name.Groups[1].Value)
            where !File.Exists(path) && !Directory.Exists(path) && !File.Exists(path + ".cs") && !IsMadeByAUser(name.Groups[1].Value)
            select $"{document}: {name.Groups[1].Value}";

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void The_profile_that_the_readme_makes_for_own_voices_adds_their_corpus()
    {
        var mine = Path.Combine(Directory.CreateTempSubdirectory("documents-").FullName, "mine.yaml");
        File.WriteAllText(mine, HereDocument().Match(Text("README.md")).Groups[1].Value);

        var read = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read(mine, Repository.Root), []);

        Directory.Delete(Path.GetDirectoryName(mine)!, recursive: true);

        Assert.That(read.Folder?.Path, Is.EqualTo("data/raw/voices"));
        Assert.That(read.Corpora().Select(corpus => corpus.Name), Is.EqualTo(["prompts", "folder"]));
    }

    [TestCaseSource(nameof(Commands))]
    public void Every_command_that_a_document_shows_is_understood(string command)
    {
        string[] ofTheBootstrap = ["--no-install", "--packages"];
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(word => !ofTheBootstrap.Contains(word.Split('=')[0]));

        var request = RequestParser.Parse(words);

        var targets = TaskCatalog.OfThisAssembly().Targets(request.Targets);
        CacheChoice.Of(request, name => name == CacheAddressParser.ConnectionStringVariable ? "UseDevelopmentStorage=true" : null);
        Assert.That(TargetMistakes.Of(request, targets, hasCache: true), Is.Empty);
    }

    /// <summary>Those of docs/newcomer.md are a shell's, typed by a script and followed by what they said.</summary>
    private static IEnumerable<string> Commands => Documents.Where(document => document != "docs/newcomer.md")
        .SelectMany(document => Command().Matches(Text(document)).Select(match => match.Groups[1].Value.Trim()))
        .Distinct();

    /// <summary>As GitHub makes them: lower case, spaces to hyphens, other marks gone.</summary>
    private static HashSet<string> Headings(string text) =>
        [.. Heading().Matches(text).Select(heading => NoPartOfAnchor().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    private static bool IsMadeByAUser(string path) => path is "configs/profiles/mine.yaml";

    private static string Text(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(((?!https?:)[^)#]*)#([^)]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NoPartOfAnchor();

    [GeneratedRegex(@"`((?:src|build|tests|configs|docs|\.github)/[\w./-]*)`")]
    private static partial Regex SourceFile();

    // To the end of the line, of the code, or to a comment.
    [GeneratedRegex(@"(\./build\.sh[^\n`#|]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"<<'END'\n(.*?)\nEND", RegexOptions.Singleline)]
    private static partial Regex HereDocument();
}
