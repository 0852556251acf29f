namespace Tmrvc.EndToEnd.Harness;

/// <summary>Workspaces of the mini profile that many tests begin from; each test takes a copy. Made when first asked for.</summary>
internal static class SharedWorkspaces
{
    /// <summary>Recordings in the corpus.</summary>
    public const int Utterances = 3 * UtterancesPerSpeaker;

    private const int UtterancesPerSpeaker = 12;

    private static readonly Lazy<Workspace> Corpus = new(MakeCorpus);
    private static readonly Lazy<(Workspace Workspace, FinishedRun Run)> Prepared = new(MakePrepared);
    private static readonly Lazy<(Workspace Workspace, FinishedRun Run)> Finished = new(MakeFinished);

    /// <summary>All stages of the mini profile, producers first.</summary>
    public static readonly IReadOnlyList<string> Stages =
        ["PreprocessFolder", "FeaturesFolder", "MelStatistics", "SpeakerEncoder", "Phase0", "EvaluatePhase0", "GatePhase0", "Report"];

    /// <summary>Data and configuration; nothing has run.</summary>
    public static Workspace WithCorpus() => Corpus.Value.Copy();

    /// <summary>Everything up to the speaker encoder has run; phase 0 has not.</summary>
    public static Workspace BeforePhase0() => Prepared.Value.Workspace.Copy();

    /// <summary>Everything has run.</summary>
    public static Workspace Done() => Finished.Value.Workspace.Copy();

    /// <summary>What an undisturbed run leaves, to be compared with.</summary>
    public static SortedDictionary<string, string> UndisturbedLocks => Finished.Value.Workspace.Locks;

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
}
