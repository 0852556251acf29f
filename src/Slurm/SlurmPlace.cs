using System.Globalization;
using System.Text;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>Where jobs of a checkout write, and the mark by which they are known again. The folder is one that all nodes see.</summary>
/// <param name="Folder">Absolute; no other checkout's.</param>
/// <param name="Profile">As <see cref="EngineOptions.Profile"/>.</param>
internal sealed record SlurmPlace(string Folder, string Profile)
{
    private readonly string _checkout = ContentHash.Of(Encoding.UTF8.GetBytes(Folder)).Short;

    /// <summary>Says which checkout, profile and key a job works on, whether what is there counts for nothing, and by which plan.</summary>
    public string Comment(StageJob job, JobPlan plan) => $"{Mark(job)} {plan.Name}";

    /// <summary>Whether the comment is that of a job on it, by whatever plan; for one that is forced, of a job that is.</summary>
    public bool IsOf(StageJob job, string comment) => comment.StartsWith(Mark(job) + " ", StringComparison.Ordinal);

    private string Mark(StageJob job) => $"tmrvc {_checkout} {Profile} {job.Stage.Id} {job.Key}{(job.IsForced ? " forced" : "")}";

    /// <summary>Holds the folders that jobs read their settings from.</summary>
    public string Plans => Path.Combine(Folder, "plans");

    /// <summary>With Slurm's placeholder for the job's number.</summary>
    public string OutputPattern(StageJob job) => $"{Path.Combine(Folder, Profile).Replace("%", "%%", StringComparison.Ordinal)}/{Path.GetFileName(Output(job, "%j"))}";

    public string OutputOf(StageJob job, long id) => Output(job, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>What jobs under the key have written is of no use once there is a result.</summary>
    public void DeleteOutputs(StageJob job)
    {
        var pattern = Output(job, "*");
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern)))
            File.Delete(path);
    }

    private string Output(StageJob job, string id) => Path.Combine(Folder, Profile, $"{job.Stage.Id}-{job.Key.ToString()[..12]}-{id}.out");
}
