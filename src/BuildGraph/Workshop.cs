using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>The places a checkout keeps things in, opened once per engine.</summary>
internal sealed class Workshop
{
    private readonly string _events;

    public Workshop(EngineOptions options, ConfinedStages? confined = null)
    {
        Confined = confined ?? ConfinedStages.None;
        var artifacts = Path.GetFullPath(options.Artifacts, options.Root);
        Options = options;
        Store = new LocalStore(Path.Combine(artifacts, "store"), options.Clock);
        Records = new ActionRecords(Store.Records);
        Locks = new LockFiles(Path.Combine(artifacts, "lock", options.Profile));
        Runs = new RunFolders(Path.Combine(artifacts, "runs", options.Profile), Store);
        _events = Path.Combine(artifacts, "tensorboard", options.Profile);
        Items = Path.Combine(artifacts, "store", "items");
        Sources = new SourceHashes(options.Root, options.Sources, Store.Hasher);
        Shared = options.Shared is { } shared
            ? new SharedAccess(shared, Store, new SharedMarkers(Path.Combine(artifacts, "store", "shared"), shared.Name))
            : null;
        Comparison = new Comparison(Store.Trees);
    }

    public EngineOptions Options { get; }

    public ConfinedStages Confined { get; }

    public LocalStore Store { get; }

    public ActionRecords Records { get; }

    public LockFiles Locks { get; }

    public RunFolders Runs { get; }

    /// <summary><see cref="TrainingRun.Events"/>: <c>tensorboard/&lt;profile&gt;/&lt;Stage&gt;/&lt;beginning of the key&gt;</c>.</summary>
    public string EventsOf(StageId stage, ContentHash key) => Path.Combine(_events, stage.Value, key.ToString()[..12]);

    /// <summary>Folder of the results of per-item stages.</summary>
    public string Items { get; }

    /// <summary>Null when nothing is shared.</summary>
    public SharedAccess? Shared { get; }

    /// <summary>For people.</summary>
    public string SharedName => Shared?.Store.Name ?? "a cache (none was given)";

    public SourceHashes Sources { get; }

    public Comparison Comparison { get; }

    /// <summary>A checkout that cannot be written to can still be looked at: the next look takes longer, that is all.</summary>
    public void SaveIndex()
    {
        try
        {
            Store.Index.Save();
        }
        catch (StorageException)
        {
        }
    }

    /// <summary>What the lock file of this profile points to.</summary>
    public ActionRecord? LastRecord(StageId stage) => Locks.FindKey(stage) is { } key ? Records.Find(key) : null;
}
