namespace Tmrvc.Build.Services;

/// <summary>Builds and runs every test project of the solution and adds up their results.</summary>
internal sealed class TestSuite(string root, string packageSet, TextWriter output)
{
    /// <summary>What a build says while all is well.</summary>
    private static readonly string[] Noise =
        ["Determining projects to restore", "All projects are up-to-date", "Restored ", "Test run for ", "A total of ", "Results File: ", "VSTest version", "Starting test execution"];

    /// <summary>Ends its output with the totals.</summary>
    /// <returns>Whether everything was built and passed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var results = Path.Combine(root, ".build", packageSet, "test-results");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
        Directory.CreateDirectory(results);
        var code = await ChildProcess.RunAsync(root, Command(results), Show, cancellation);
        var totals = TrxTotals.OfFolder(results);
        if (code != 0 && totals.Failed == 0)
        {
            output.WriteLine($"dotnet test ended with {code} and no result says why: see above");
            totals = totals with { Failed = 1 };
        }
        output.WriteLine(totals);
        return code == 0 && totals is { Failed: 0, Passed: > 0 };
    }

    private string[] Command(string results) =>
    [
        "dotnet", "test", "Tmrvc.slnx", "--nologo", $"-p:PackageSet={packageSet}",
        "--logger", "trx", "--logger", "console;verbosity=minimal", $"-p:TestResultsFolder={results}",
    ];

    private void Show(string line)
    {
        var text = line.Trim();
        if (text.Length > 0 && !text.Contains(" -> ") && !Noise.Any(text.StartsWith))
            output.WriteLine(line);
    }
}
