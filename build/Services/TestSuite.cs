namespace Tmrvc.Build.Services;

/// <summary>
/// Builds every test project of the solution, runs them and adds up their results. The end-to-end tests, which wait for processes most of
/// the time, run beside all others.
/// </summary>
internal sealed class TestSuite(string root, string packageSet, TextWriter output)
{
    private const string Solution = "Tmrvc.slnx";
    private const string EndToEnd = "tests/EndToEnd";

    /// <summary>What is said while all is well.</summary>
    private static readonly string[] Noise =
        ["Test run for ", "A total of ", "Results File: ", "VSTest version", "Starting test execution"];

    /// <summary>Ends its output with the totals.</summary>
    /// <returns>Whether everything was built and passed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var results = Path.Combine(root, ".build", packageSet, "test-results");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
        Directory.CreateDirectory(results);
        var code = await RunAsync(cancellation, "build", Solution, "--verbosity=quiet", "-consoleLoggerParameters:NoSummary");
        if (code == 0)
            code = await TestAsync(results, cancellation);
        var totals = TrxTotals.OfFolder(results);
        if (code != 0 && totals.Failed == 0)
        {
            output.WriteLine($"dotnet ended with {code} and no result says why: see above");
            totals = totals with { Failed = 1 };
        }
        output.WriteLine(totals);
        return code == 0 && totals is { Failed: 0, Passed: > 0 };
    }

    private async Task<int> TestAsync(string results, CancellationToken cancellation)
    {
        var codes = await Task.WhenAll(
            RunAsync(cancellation, Tests(EndToEnd, results)),
            RunAsync(cancellation, [.. Tests(Solution, results), "-p:WithEndToEnd=false"]));
        return codes.FirstOrDefault(code => code != 0);
    }

    private static string[] Tests(string project, string results) =>
        ["test", project, "--no-build", "--logger", "trx", "--logger", "console;verbosity=minimal", $"-p:TestResultsFolder={results}"];

    private Task<int> RunAsync(CancellationToken cancellation, params string[] command) =>
        ChildProcess.RunAsync(root, ["dotnet", .. command, "--nologo", $"-p:PackageSet={packageSet}"], Show, cancellation);

    private void Show(string line)
    {
        var text = line.Trim();
        if (text.Length > 0 && !Noise.Any(text.StartsWith))
            lock (output)
                output.WriteLine(line);
    }
}
