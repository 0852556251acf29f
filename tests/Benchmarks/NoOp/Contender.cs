namespace Tmrvc.Benchmarks.NoOp;

/// <summary>A tool that has the graph's outputs up to date.</summary>
/// <param name="Settle">Brings the outputs up to date.</param>
/// <param name="Look">Looks whether anything is to be done; the command that is measured.</param>
/// <param name="NothingDone">What it prints, or does not print (leading !), when nothing was done.</param>
internal sealed record Contender(string Name, WholeProcess Settle, WholeProcess Look, string NothingDone)
{
    /// <summary>1,000 shells through Snakemake take minutes: its own --touch takes another tool's outputs for its own.</summary>
    private const string TouchSnakemake =
        "[ -e snakemake/out/0000.txt ] || cp ninja/out/* snakemake/out/; snakemake -s snakemake/Snakefile -j1 --touch";

    private readonly List<double> _times = [];

    public double Median => _times.Order().ElementAt(_times.Count / 2);

    public async Task MeasureAsync(CancellationToken cancellation)
    {
        var (milliseconds, output) = await Look.RunAsync(cancellation);
        var isSilent = NothingDone[0] == '!';
        if (output.Contains(NothingDone[(isSilent ? 1 : 0)..]) == isSilent)
            throw new InvalidOperationException($"{Name}: it did something although nothing had changed:\n{output}");
        _times.Add(milliseconds);
    }

    public static Contender Snakemake(SyntheticGraph graph) => new(
        "Snakemake",
        new WholeProcess(graph.Folder, "/bin/sh", "-c", TouchSnakemake),
        new WholeProcess(graph.Folder, "snakemake", "-s", "snakemake/Snakefile", "-j1"),
        "Nothing to be done");

    public static Contender Doit(SyntheticGraph graph) => new(
        "doit",
        new WholeProcess(graph.Folder, "doit", "-f", "doit/dodo.py", "--dir", "."),
        new WholeProcess(graph.Folder, "doit", "-f", "doit/dodo.py", "--dir", "."),
        "!.  stage");

    public static Contender Ninja(SyntheticGraph graph) => new(
        "ninja",
        new WholeProcess(graph.Folder, "ninja", "-f", "ninja/build.ninja"),
        new WholeProcess(graph.Folder, "ninja", "-f", "ninja/build.ninja"),
        "no work to do");

    /// <param name="program">The published tests/Support/ManyStages.</param>
    public static Contender Ours(SyntheticGraph graph, string program)
    {
        var process = new WholeProcess(graph.Folder, program, graph.Folder, $"{SyntheticGraph.Stages}");
        return new("BuildGraph", process, process, "ran 0 hashed 0");
    }
}
