using Cake.Core.Diagnostics;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Slurm;

namespace Tmrvc.Build.CommandLine;

/// <summary>What the command line asks for, before any file is read.</summary>
public sealed record Request
{
    public static readonly Request Default = new();

    public IReadOnlyList<string> Targets { get; init; } = ["Default"];

    /// <summary>smoke, full, or a YAML file.</summary>
    public string Profile { get; init; } = "smoke";

    /// <summary>KEY=VALUE each, in order.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>What <see cref="Overrides"/> or <see cref="Steps"/> make is nobody's profile, so its hashes are not for the lock files.</summary>
    public bool IsTrial => Overrides.Count > 0 || Steps is not null;

    /// <summary>Steps of preprocessing, for every corpus; null leaves them to the configuration.</summary>
    public IReadOnlyList<PreprocessStep>? Steps { get; init; }

    /// <summary>Files at the same time, for every corpus; null leaves it to the configuration.</summary>
    public int? Workers { get; init; }

    public Show Show { get; init; } = Show.Nothing;

    /// <summary>Exit with <see cref="ExitCode.Stale"/> when a stage is not fresh; nothing runs.</summary>
    public bool Check { get; init; }

    public bool Json { get; init; }

    /// <summary>Stages to run although they are fresh; with no name, all.</summary>
    public ForcedStages Forced { get; init; } = ForcedStages.None;

    /// <summary>Where shared stores are, as written, the one to write to first; null when the command line does not say.</summary>
    public IReadOnlyList<string>? Caches { get; init; }

    public bool CachesAreReadOnly { get; init; }

    /// <summary>Restore what the lock files name; run nothing.</summary>
    public bool Frozen { get; init; }

    /// <summary>CacheGc keeps what was used within this time; null leaves it to CacheGc.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>Between the run of CacheGc that condemns something and the one that deletes it; null leaves it to CacheGc.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The stage whose results Compare puts side by side.</summary>
    public string? Stage { get; init; }

    /// <summary>The git revision that has the other result.</summary>
    public string? With { get; init; }

    /// <summary>Audio, or folders of it, as written.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>A voice: audio or a speaker profile, as written.</summary>
    public string? Speaker { get; init; }

    /// <summary>The file to write, as written.</summary>
    public string? Output { get; init; }

    /// <summary>Where exported networks are, as written; null for those of the profile.</summary>
    public string? Models { get; init; }

    /// <summary>Steps of fine-tuning to an enrolled voice; null for none.</summary>
    public int? FewShotSteps { get; init; }

    /// <summary>Where the weights of the student to fine-tune are, as written; null for those of the profile.</summary>
    public string? Student { get; init; }

    /// <summary>Convert by the INT8 networks.</summary>
    public bool Int8 { get; init; }

    /// <summary>Convert by the network that looks ahead.</summary>
    public bool HighQuality { get; init; }

    /// <summary>Go on from finished trainings that were the same but shorter.</summary>
    public bool Extend { get; init; }

    /// <summary>US dollars that the run may cost at most; null for no limit.</summary>
    public double? MaxCost { get; init; }

    /// <summary>Hours that its stages may take at most, all added up; null for no limit.</summary>
    public double? MaxHours { get; init; }

    /// <summary>Where stages run.</summary>
    public ExecutorKind Executor { get; init; }

    /// <summary>What the job that this process is was told; null when it is none.</summary>
    public JobWords? Job { get; init; }

    /// <summary>That train one model together; null leaves it to the configuration.</summary>
    public int? Processes { get; init; }

    /// <summary>Path of the order of the training that this process is a rank of; null when it is none.</summary>
    public string? RankOrder { get; init; }

    public bool KeepGoing { get; init; }

    public bool Exclusive { get; init; }

    /// <summary>Stages at the same time; null for as many as the machine's resources allow.</summary>
    public int? Jobs { get; init; }

    /// <summary>Where networks run; null leaves it to the configuration.</summary>
    public string? Device { get; init; }

    public Verbosity Verbosity { get; init; } = Verbosity.Normal;
}

public enum ExecutorKind
{
    Local,
    Slurm,
}

/// <param name="Attempt">From 1.</param>
public sealed record JobWords(ContentHash Key, int Attempt)
{
    internal JobOrder For(StageId stage, ForcedStages forced) => new(stage.Value, Key, forced.Names.Contains(stage.Value), Attempt);
}

/// <summary>What is shown in place of running.</summary>
public enum Show
{
    Nothing,
    Help,
    Version,
    Information,
    Tree,
    Descriptions,
    Plan,
    ExplainedPlan,
}

/// <param name="All">Every stage the targets need.</param>
public sealed record ForcedStages(bool All, IReadOnlyList<string> Names)
{
    public static readonly ForcedStages None = new(false, []);
}
