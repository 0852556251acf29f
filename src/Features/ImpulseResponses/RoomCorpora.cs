using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>The section <c>rooms</c> of configs/datasets.yaml: where impulse responses come from.</summary>
public sealed record RoomCorpora : IValidated
{
    /// <summary>Begins the names of the stages that leave responses: <c>ResponsesAir</c>.</summary>
    internal const string Verb = "Responses";

    private static readonly string[] Known = ["air", "but_reverb_db", "synthetic"];

    /// <summary>Those in use, by the names of their sections.</summary>
    public IReadOnlyList<string> InUse { get; init; } = [];

    public ResponseDataset? Air { get; init; }

    public ResponseDataset? ButReverbDb { get; init; }

    /// <summary>Made up, so there is nothing to fetch.</summary>
    public SyntheticRoomsSettings Synthetic { get; init; } = new();

    /// <summary>The stages that leave <see cref="ImpulseResponsesStage.Responses"/>.</summary>
    public IReadOnlyList<StageId> ResponseStages =>
    [
        .. Archives().Where(corpus => Uses(corpus.Name)).Select(corpus => new StageId(Verb + corpus.Title)),
        .. Uses("synthetic") ? [new StageId(Verb + "Synthetic")] : Array.Empty<StageId>(),
    ];

    /// <param name="rawFolder">Absolute path of data/raw.</param>
    /// <param name="sampleRate">Hertz, of the responses.</param>
    public IReadOnlyList<Stage> Stages(string rawFolder, int sampleRate, Subbands bands, TimeProvider clock) =>
    [
        .. Archives().Where(corpus => Uses(corpus.Name)).SelectMany(corpus =>
            corpus.Dataset!.Stages(new DatasetPlace(corpus.Title, Path.Combine(rawFolder, corpus.Name), clock), sampleRate, bands)),
        .. Uses("synthetic")
            ? [new SyntheticRoomsStage(Verb + "Synthetic", Synthetic, sampleRate, bands)]
            : Array.Empty<Stage>(),
    ];

    /// <summary>The same with so many files or rooms at the same time.</summary>
    public RoomCorpora By(int workers) => this with
    {
        Air = Air is { } air ? air with { Responses = air.Responses with { Workers = workers } } : null,
        ButReverbDb = ButReverbDb is { } but ? but with { Responses = but.Responses with { Workers = workers } } : null,
        Synthetic = Synthetic with { Workers = workers },
    };

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var name in InUse.Except(Known))
            yield return ("in_use", $"unknown corpus of rooms '{name}'; {ClosestName.Advice(name, Known)}");
        foreach (var (name, _, _) in Archives().Where(corpus => corpus.Dataset is null && Uses(corpus.Name)))
            yield return ("in_use", $"lists {name}, which has no section");
        foreach (var twice in Names().GroupBy(corpus => corpus.Corpus).Where(group => group.Count() > 1))
            yield return ($"{twice.Last().Section}", $"is called '{twice.Key}', which is the name of {twice.First().Section} already");
    }

    private bool Uses(string name) => InUse.Contains(name);

    private (string Name, string Title, ResponseDataset? Dataset)[] Archives() =>
        [("air", "Air", Air), ("but_reverb_db", "ButReverbDb", ButReverbDb)];

    private IEnumerable<(string Section, string Corpus)> Names() =>
    [
        .. Archives().Where(corpus => Uses(corpus.Name) && corpus.Dataset is not null)
            .Select(corpus => (corpus.Name, corpus.Dataset!.Responses.Name)),
        .. Uses("synthetic") ? [("synthetic", Synthetic.Name)] : Array.Empty<(string, string)>(),
    ];
}
