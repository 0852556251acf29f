namespace Tmrvc.EndToEnd.Documents;

/// <summary>What pages must be like, so that what they tell people to type is what the tests run.</summary>
public sealed class PageTests
{
    private static readonly string[] Languages = ["sh", "console", "text", "yaml", "csharp", "powershell"];

    [Test]
    public void Every_block_says_what_it_is()
    {
        var offenders =
            from page in Page.All
            from block in page.Blocks
            where !Languages.Contains(block.Language)
            select $"{page}: '{block.Language}', one of {string.Join(", ", Languages)} is allowed: {block.Content.Split('\n')[0]}";

        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void Commands_of_the_front_door_stand_in_sh_blocks_alone()
    {
        var offenders =
            from page in Page.All
            from block in page.Blocks
            where block.Language is not ("sh" or "console" or "powershell")
            from line in block.Content.Split('\n')
            where line.TrimStart().StartsWith("./build.sh", StringComparison.Ordinal)
            select $"{page}: {line}";

        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void A_command_that_a_sentence_names_stands_in_a_block_of_some_page_too()
    {
        var shown = Page.All.SelectMany(page => page.Commands).ToHashSet();

        var offenders = Page.All.SelectMany(page => page.Mentions.Where(mention => !shown.Contains(mention)).Select(mention => $"{page}: {mention}"));

        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void Everything_that_is_left_out_is_on_some_page()
    {
        var shown = Page.All.SelectMany(page => page.Commands).ToList();

        Assert.That(NotRun.Commands.Select(left => left.Command).Where(left => !shown.Any(command => command.StartsWith(left, StringComparison.Ordinal))), Is.Empty);
        Assert.That(NotRun.ExitCodes.Keys.Except(shown), Is.Empty);
    }

    [Test]
    public void Lines_that_go_on_here_documents_and_comments_are_told_apart()
    {
        var page = new Page("page.md", "```sh\n# a comment\n./build.sh --help   # every option\ncat > x <<'END'\n# kept\nEND\na \\\n  b\n```\n");

        Assert.That(page.Commands, Is.EqualTo(new[] { "./build.sh --help", "cat > x <<'END'\n# kept\nEND", "a \\\n  b" }));
    }
}
