using Tmrvc.Audio;
using Tmrvc.Build;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Benchmarks.Content;

/// <summary>The smoke profile's teacher on each kind of embedded content, the same number of steps: which converts better.</summary>
internal sealed class ContentBenchmark : IBenchmark
{
    private const string Profile = "smoke";
    private const double NeededOfJudge = 0.95;

    public string Name => "content";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var results = new List<BenchmarkResult>();
        foreach (var kind in (ContentKind[])[ContentKind.Cepstra, ContentKind.Phones])
        {
            log.WriteLine($"  trains phase 0 on {kind}, unless that was done");
            results.AddRange(Rows(kind, await TrainAndJudgeAsync(root, kind, cancellation)));
        }
        return results;
    }

    internal static IEnumerable<BenchmarkResult> Rows(ContentKind kind, ContentFigures figures) =>
    [
        new($"{kind}: recordings given to their speaker", 100 * figures.Recordings, "%", Bar: "≥ 95", Pass: figures.Recordings >= NeededOfJudge),
        new($"  {figures.Conversions} conversions given to the target", 100 * figures.Target, "%"),
        new("  … to the source", 100 * figures.Source, "%"),
        new("  correlation of F0", figures.F0 ?? 0, ""),
        new($"  word errors, {figures.Words.Recorded.Words} words of recordings", Percent(figures.Words.Recorded), "%"),
        new("  … of the same from mel by Griffin-Lim", Percent(figures.Words.Resynthesised), "%"),
        new($"  … {figures.Words.Converted.Words} words of conversions", Percent(figures.Words.Converted), "%"),
    ];

    private static double Percent(WordErrors errors) => 100 * errors.Rate ?? double.NaN;

    private static async Task<ContentFigures> TrainAndJudgeAsync(string root, ContentKind kind, CancellationToken cancellation)
    {
        var settings = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(root).Read(Profile, root), []);
        settings = settings with
        {
            Features = settings.Features with { Content = kind },
            Evaluation = settings.Evaluation with { Words = WordsKind.PocketSphinx },
        };
        var graph = new PipelineGraph(settings, root, TimeProvider.System).Compose();
        var judge = new JudgeStage(SignalParameters.From(settings.Constants));
        StageId[] needed = ["PreprocessPrompts", "FeaturesPrompts", "MelStatistics", "SpeakerEncoder", "Phase0", "FetchWords"];
        var stages = graph.Needed(needed).Append(judge);
        var engine = new Engine(new StageGraph([.. stages]), new EngineOptions { Root = root, Profile = Profile, Clock = TimeProvider.System });
        var options = RunOptions.Default with { IsTrial = true, Force = Force.Of(judge.Id) };
        var outcome = (await engine.Start([judge.Id], options, new SilentObserver(), cancellation).Finished)[judge.Id];
        return judge.Figures ?? throw new InvalidOperationException($"{kind}: {outcome.State}: {outcome.Reason}");
    }

    private sealed class JudgeStage(SignalParameters signal) : ActionStage("JudgeContent")
    {
        private const string Output = "figures.txt";

        internal ContentFigures? Figures { get; private set; }

        public override string Description => "Converts held-out utterances, tells whose voice it is and what is understood";

        public override int Version => 1;

        public override IReadOnlyList<StageInput> Inputs =>
        [
            new StageInput.Output("segments", "PreprocessPrompts", PreprocessStage.Segments),
            new StageInput.Output("features", "FeaturesPrompts", FeaturesStage.Features),
            new StageInput.Output("statistics", "MelStatistics", MelStatisticsStage.Statistics),
            new StageInput.Output("embeddings", "SpeakerEncoder", SpeakerEncoderStage.Embeddings),
            new StageInput.Output("model", "Phase0", TeacherPhaseStage.Model),
            new StageInput.Output("words", "FetchWords", PackageFolderStage.Folder),
        ];

        public override IReadOnlyList<string> Outputs => [Output];

        public override Task RunAsync(StageRun run, CancellationToken cancellation)
        {
            Figures = new ContentJudge(signal).Judge(new(
                run.Input("segments"), run.Input("features"), run.Input("statistics"), run.Input("embeddings"), run.Input("model"), run.Input("words")));
            return File.WriteAllTextAsync(run.Output(Output), $"{Figures}\n", cancellation);
        }
    }
}
