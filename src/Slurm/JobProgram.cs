using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Slurm;

/// <summary>The program that a job runs.</summary>
/// <param name="Program">Absolute path and fixed arguments.</param>
/// <param name="Root">Absolute path of the checkout; the job begins there.</param>
public sealed record JobProgram(IReadOnlyList<string> Program, string Root)
{
    /// <summary>Set in the job's environment, beside what it inherits; they may be secret, so they stand in no file of ours.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public required JobPlan Plan { get; init; }

    /// <summary>A file that is locked (shared) while the job runs; null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>The arguments by which the program runs one stage and nothing else.</summary>
    public required Func<JobOrder, IEnumerable<string>> Arguments { get; init; }

    /// <summary>It becomes the program, so that signals to the job's shell reach it.</summary>
    internal string Script(JobOrder order)
    {
        var script = new StringBuilder("#!/bin/sh\n");
        if (Lock is { } file)
            script.Append($"exec 7<{Quoted(file)} && flock -s 7\n");
        return script.Append($"exec {string.Join(' ', Program.Concat(Arguments(order)).Select(Quoted))}\n").ToString();
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''")}'";
}

/// <summary>What a job is told: a stage, the key it is to have, and which submission of this run it is.</summary>
/// <param name="Attempt">From 1.</param>
public sealed record JobOrder(string Stage, ContentHash Key, bool IsForced, int Attempt);
