namespace Tmrvc.EndToEnd.Documents;

/// <summary>What the tests do otherwise than the pages have it. Everything else is run as it stands.</summary>
internal static class NotRun
{
    /// <summary>Beginnings of commands that are left out, and why. All but those of other programs are at least parsed (DocumentationTests).</summary>
    public static readonly IReadOnlyList<(string Command, string Reason)> Commands =
    [
        ("./build.sh --target=Test", "is what runs these tests"),
        ("./build.sh --target=Benchmark", "takes the better part of an hour of a quiet machine"),
        ("./build.sh --profile=full --target=", "takes days on a GPU"),
        ("./build.sh --profile=hour", "takes an hour of two cores"),
        ("./build.sh --no-install", "is the bootstrap's, which these tests stand in for; BootstrapTests run it"),
        ("git clone", "needs the network; the newcomer's script clones"),
        ("cd ", "follows a clone"),
        ("tensorboard", "is another program, and serves until it is stopped"),
        ("az ", "needs an account of Azure"),
        ("npx azurite", "serves until it is stopped; a server of the tests stands in for it"),
        ("dotnet ", "builds and tests, which is what runs these tests"),
        ("xdg-open", "needs a desktop; the newcomer's script opens the report in Chromium"),
    ];

    /// <summary>Commands that are to end otherwise than by 0.</summary>
    public static readonly IReadOnlyDictionary<string, int> ExitCodes = new Dictionary<string, int>
    {
        ["./build.sh --profile=full --max-cost=300"] = 2,
    };

    public static bool Has(string command) => Commands.Any(left => command.StartsWith(left.Command, StringComparison.Ordinal));
}
