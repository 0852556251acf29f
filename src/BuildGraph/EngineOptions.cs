using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Where the engine works and what the machine has. None of it reaches a key.</summary>
public sealed record EngineOptions
{
    /// <summary>Absolute path of the checkout; relative inputs start here.</summary>
    public required string Root { get; init; }

    /// <summary>Names the folder of lock files and of runs: lower-case letters, digits, hyphens.</summary>
    public required string Profile { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Relative to <see cref="Root"/>, or absolute: store/, runs/, tensorboard/ and lock/ live here.</summary>
    public string Artifacts { get; init; } = "artifacts";

    /// <summary>What the scheduler may hand out; of GPUs one, because every stage takes the first.</summary>
    public StageResources Machine { get; init; } = new() { Cores = Environment.ProcessorCount, Gpus = 1, NetworkSlots = 4 };

    /// <summary>
    /// What other machines have computed, and where this one's results go; null for nothing but the local store. Where it throws
    /// <see cref="SharedStoreException"/> the engine goes on as if nothing were shared and says nothing: whoever gives the store tells
    /// people, once.
    /// </summary>
    public ISharedStore? Shared { get; init; }

    /// <summary>What stages are expected to take and to cost.</summary>
    public Func<Stage, StagePrice> Price { get; init; } = StagePrice.Of;

    /// <summary>What people call a setting of a stage that <see cref="Change.What"/> names; for reasons.</summary>
    public Func<StageId, string, string> NameOf { get; init; } = (_, what) => what;

    public SharingPace SharingPace { get; init; } = SharingPace.Default;

    /// <summary>What trains a stage by several processes; null where every stage is trained by this one.</summary>
    public RankProgram? Ranks { get; init; }

    /// <summary>Takes out of a text what no file may hold: credentials. Applied to stages' logs and to the words of records.</summary>
    public Func<string, string> Redact { get; init; } = text => text;

    /// <summary>Where the sources behind a stage are, so that drift can be told (guarantee 5).</summary>
    public StageSources Sources { get; init; } = StageSources.OfProjects;
}
