namespace Tmrvc.EndToEnd.Harness;

/// <summary>Workspaces of the mini profile that many tests begin from; each test takes a copy. Made when first asked for.</summary>
internal static class SharedWorkspaces
{
    /// <summary>Recordings in the corpus.</summary>
    public const int Utterances = 3 * UtterancesPerSpeaker;

    /// <summary>Steps of phase 1a.</summary>
    public const int Phase1aSteps = 60;

    /// <summary>Of both phases, in steps.</summary>
    public const int CheckpointInterval = 4;

    private const int UtterancesPerSpeaker = 12;

    private static readonly Lazy<Workspace> Corpus = new(MakeCorpus);
    private static readonly Lazy<(Workspace Workspace, FinishedRun Run)> Prepared = new(MakePrepared);
    private static readonly Lazy<(Workspace Workspace, FinishedRun Run)> Finished = new(MakeFinished);
    private static readonly Lazy<SortedDictionary<string, string>> FinishedPhase1a = new(MakePhase1a);

    /// <summary>All stages of the mini profile, producers first.</summary>
    public static readonly IReadOnlyList<string> Stages =
        ["PreprocessFolder", "FeaturesFolder", "MelStatistics", "SpeakerEncoder", "Phase0", "EvaluatePhase0", "GatePhase0", "Report"];

    /// <summary>Data and configuration; nothing has run.</summary>
    public static Workspace WithCorpus() => Corpus.Value.Copy();

    /// <summary>Everything up to the speaker encoder has run; phase 0 has not.</summary>
    public static Workspace BeforePhase0() => Prepared.Value.Workspace.Copy();

    /// <summary>Everything has run.</summary>
    public static Workspace Done() => Finished.Value.Workspace.Copy();

    /// <summary>Everything has run, and then phase 1a came into use.</summary>
    public static Workspace BeforePhase1a()
    {
        var workspace = Done();
        UsePhase1a(workspace);
        return workspace;
    }

    /// <summary>Makes phase 1a part of a workspace's graph.</summary>
    public static void UsePhase1a(Workspace workspace)
    {
        workspace.Edit("profiles/mini.yaml", "teacher_phases: ['0']", "teacher_phases: ['0', 1a]");
        workspace.Edit("profiles/mini.yaml", "\nevaluation:", $"""
              1a:
                preset: tiny
                steps: {Phase1aSteps}
                batch_size: 4
                frames: 60
                min_frames: 40
                warm_up: 2
                validation_interval: {Phase1aSteps / 2}
                validation_batches: 1
                runtime:
                  checkpoint_interval: {CheckpointInterval}

            evaluation:
            """);
    }

    /// <summary>What an undisturbed run leaves, to be compared with.</summary>
    public static SortedDictionary<string, string> UndisturbedLocks => Finished.Value.Workspace.Locks;

    /// <summary>The same with phase 1a.</summary>
    public static SortedDictionary<string, string> UndisturbedLocksWithPhase1a => FinishedPhase1a.Value;

    /// <summary>How long it takes.</summary>
    public static TimeSpan UndisturbedTime => Prepared.Value.Run.Took + Finished.Value.Run.Took;

    /// <summary>The run that finished the shared workspace: phase 0 and what follows.</summary>
    public static FinishedRun LastRun => Finished.Value.Run;

    public static void Delete()
    {
        if (Corpus.IsValueCreated)
            Corpus.Value.Dispose();
        foreach (var made in new[] { Prepared, Finished }.Where(made => made.IsValueCreated))
            made.Value.Workspace.Dispose();
    }

    private static Workspace MakeCorpus()
    {
        var workspace = Workspace.Create("mini");
        Voices.Write(workspace.Voices, perSpeaker: UtterancesPerSpeaker, seconds: 1.5);
        return workspace;
    }

    private static (Workspace Workspace, FinishedRun Run) MakePrepared()
    {
        var workspace = WithCorpus();
        return (workspace, workspace.Run("--target=SpeakerEncoder").With(code: 0));
    }

    private static (Workspace Workspace, FinishedRun Run) MakeFinished()
    {
        var workspace = BeforePhase0();
        return (workspace, workspace.Run().With(code: 0));
    }

    private static SortedDictionary<string, string> MakePhase1a()
    {
        using var workspace = BeforePhase1a();
        workspace.Run().With(code: 0);
        return workspace.Locks;
    }
}
