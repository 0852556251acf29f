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
    public void Every_source_file_that_a_document_names_exists()
    {
        var missing =
            from document in Documents
            from Match name in SourceFile().Matches(Text(document))
            where !File.Exists(Path.Combine(Repository.Root, name.Groups[1].Value))
            select $"{document}: {name.Groups[1].Value}";

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void The_profile_that_the_readme_makes_for_own_voices_adds_their_corpus()
    {
        var smoke = File.ReadAllText(Path.Combine(Repository.Root, "configs", "profiles", "smoke.yaml"));
        var addition = HereDocument().Match(Text("README.md")).Groups[1].Value;
        var layers = new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root);

        var read = ConfigurationLoader.Load<PipelineConfiguration>([.. layers.Take(layers.Count - 1), new("mine.yaml", smoke + addition)], []);

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

    private static IEnumerable<string> Commands => Documents
        .SelectMany(document => Command().Matches(Text(document)).Select(match => match.Groups[1].Value.Trim()))
        .Distinct();

    private static string Text(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|build|tests|configs)/[\w./-]+\.(?:cs|yaml|sh))`")]
    private static partial Regex SourceFile();

    // To the end of the line, of the code, or to a comment.
    [GeneratedRegex(@"(\./build\.sh[^\n`#|]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"<<'END'\n(.*?)\nEND", RegexOptions.Singleline)]
    private static partial Regex HereDocument();
}
