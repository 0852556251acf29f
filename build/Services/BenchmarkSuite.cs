namespace Tmrvc.Build.Services;

/// <summary>Runs tests/Benchmarks, which prints its table and writes artifacts/benchmarks/.</summary>
internal sealed class BenchmarkSuite(string root, string packageSet, TextWriter output)
{
    /// <returns>Whether every bar was reached.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        string[] command = ["dotnet", "run", "-c", "Release", "--project", "tests/Benchmarks", $"-p:PackageSet={packageSet}"];
        return await ChildProcess.RunAsync(root, command, output.WriteLine, cancellation) == 0;
    }
}
