using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>The embedded corpus: studio speech of four voices in five languages, from Debian's telephone prompts.</summary>
/// <param name="rawFolder">Absolute path of data/raw/prompts.</param>
public sealed class FetchPromptsStage(
    StageId id, FetchPromptsSettings settings, string rawFolder, TimeProvider clock) : ActionStage(id)
{
    /// <summary>The one output: the tree <see cref="PromptsLayout"/> reads.</summary>
    public const string Corpus = "corpus";

    public override string Description => "Fetches the embedded corpus: speech prompts, their transcripts and licences";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [];

    public override IReadOnlyList<string> Outputs => [Corpus];

    public override object Settings => settings;

    public override StageResources Resources => new() { NetworkSlots = 1, ExpectedHours = 0.01 };

    public override Task RunAsync(StageRun run, CancellationToken cancellation) =>
        new PromptsFetch(settings, rawFolder, run.Scratch, clock, run.Log)
            .RunAsync(run.Output(Corpus), run.Progress, cancellation);
}
