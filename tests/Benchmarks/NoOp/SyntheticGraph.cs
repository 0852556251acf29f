namespace Tmrvc.Benchmarks.NoOp;

/// <summary>
/// Many stages, each over the files of its own folder, described for every tool. Kept below .build/ from run to run: making it takes
/// longer than measuring it.
/// </summary>
internal sealed class SyntheticGraph(string folder)
{
    public const int Stages = 1000, FilesPerStage = 100;

    public string Folder { get; } = folder;

    /// <summary>A file somewhere in the middle.</summary>
    public string OneFile => Path.Combine(Folder, "in", "0500", "050.txt");

    public static string ContentOf(int stage, int file) => $"stage {stage}, file {file}\n";

    public void Create()
    {
        WriteInputs();
        foreach (var tool in new[] { "snakemake", "doit", "ninja" })
            Directory.CreateDirectory(Path.Combine(Folder, tool, "out"));
        Write("snakemake/Snakefile", Snakefile);
        Write("doit/dodo.py", Dodo);
        Write("ninja/build.ninja", Ninja());
    }

    private static string Snakefile => $$"""
        rule all:
            input: [f"snakemake/out/{stage:04d}.txt" for stage in range({{Stages}})]

        rule concatenate:
            input: lambda wildcards: [f"in/{wildcards.stage}/{file:03d}.txt" for file in range({{FilesPerStage}})]
            output: "snakemake/out/{stage}.txt"
            shell: "cat {input} > {output}"
        """;

    private static string Dodo => $$"""
        DOIT_CONFIG = {"dep_file": "doit/state.db", "verbosity": 0}

        def concatenate(dependencies, targets):
            with open(targets[0], "wb") as out:
                for path in sorted(dependencies):
                    with open(path, "rb") as file:
                        out.write(file.read())

        def task_stage():
            for stage in range({{Stages}}):
                yield {
                    "name": f"{stage:04d}",
                    "file_dep": [f"in/{stage:04d}/{file:03d}.txt" for file in range({{FilesPerStage}})],
                    "targets": [f"doit/out/{stage:04d}.txt"],
                    "actions": [concatenate],
                }
        """;

    private static string Ninja() => string.Concat(Enumerable.Range(0, Stages).Select(NinjaStage)
        .Prepend("builddir = ninja\nrule concatenate\n  command = cat $in > $out\n"));

    private static string NinjaStage(int stage)
    {
        var inputs = Enumerable.Range(0, FilesPerStage).Select(file => $"in/{stage:0000}/{file:000}.txt");
        return $"build ninja/out/{stage:0000}.txt: concatenate {string.Join(' ', inputs)}\n";
    }

    private void WriteInputs()
    {
        if (File.Exists(Path.Combine(Folder, "complete")))
            return;
        foreach (var stage in Enumerable.Range(0, Stages))
        {
            Directory.CreateDirectory(Path.Combine(Folder, "in", $"{stage:0000}"));
            foreach (var file in Enumerable.Range(0, FilesPerStage))
                File.WriteAllText(Path.Combine(Folder, "in", $"{stage:0000}", $"{file:000}.txt"), ContentOf(stage, file));
        }
        Write("complete", "");
    }

    /// <summary>Leaves a file that is right already alone: a new time would make a tool run everything.</summary>
    private void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        if (!File.Exists(full) || File.ReadAllText(full) != text)
            File.WriteAllText(full, text);
    }
}
