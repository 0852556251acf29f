using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

public sealed class RepositoryConventionTests
{
    private static readonly string[] SourceFolders = ["build", "src", "tests"];

    [Test]
    public void No_source_file_and_no_page_has_more_than_400_lines()
    {
        string[] kinds = ["*.cs", "*.cpp", "*.js", "*.mjs", "*.py", "*.sh", "*.ps1", "*.css", "*.yaml", "*.md"];
        var offenders = kinds.SelectMany(kind => Repository.Files(kind, [.. SourceFolders, "configs", "docs"]))
            .Select(path => (path, lines: File.ReadLines(Path.Combine(Repository.Root, path)).Count()))
            .Where(file => file.lines > 400)
            .Select(file => $"{file.path}: {file.lines} lines");

        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void Half_of_the_source_files_have_fewer_than_100_lines()
    {
        var lines = Repository.Files("*.cs", SourceFolders)
            .Select(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count())
            .Order()
            .ToArray();

        Assert.That(lines[lines.Length / 2], Is.LessThan(100));
    }

    [Test]
    public void No_file_is_named_after_what_has_no_name()
    {
        string[] vague = ["utils", "util", "helpers", "helper", "common", "misc"];
        var offenders = Repository.Files("*.cs", SourceFolders)
            .Where(path => !path.StartsWith("src/Compat/", StringComparison.Ordinal)) // names there are the packages' own
            .Where(path => vague.Contains(Path.GetFileNameWithoutExtension(path).ToLowerInvariant()));

        Assert.That(offenders, Is.Empty);
    }
}
