using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Evaluation.Tests;

/// <summary>An evaluation of a phase that knows rooms, with networks as drawn.</summary>
public sealed class RoomEvaluationTests
{
    private static readonly TeacherEvaluationSettings Settings = new()
    {
        Steps = 1, UtterancesPerSpeaker = 1, ShortestSample = 50, LongestSample = 60, LossUtterances = 4, Rooms = 2, Targets = 1,
        Waveforms = WaveformKind.Vocoder, Device = DeviceChoice.Cpu,
    };

    private readonly LooseRun _made = new("Rooms", new Dictionary<string, string>());
    private TrainedPipeline _pipeline = null!;

    [OneTimeSetUp]
    public async Task MakeRooms()
    {
        _pipeline = await TrainedPipeline.CreateAsync();
        var rooms = new SyntheticRoomsSettings { Rooms = 8, ResponsesPerRoom = 2, LongestRt60 = 0.6, Split = new() { ValidationShare = 0.4, TestShare = 0 } };
        await new SyntheticRoomsStage("Rooms", rooms, TrainedPipeline.Signal.SampleRate, new Subbands([0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000]))
            .RunAsync(_made, CancellationToken.None);
        using var estimator = new RoomEstimator(new() { Channels = 16 }, seed: 4);
        ModuleWeights.Save(estimator, _made.Output("room_estimator.safetensors"), ModelFiles.RoomEstimator.Metadata(estimator.Architecture));
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _made.Dispose();
        _pipeline.Dispose();
    }

    [Test]
    public async Task Conversions_in_rooms_stand_beside_recordings_in_the_same_rooms_and_the_mean_answer()
    {
        var figures = await EvaluateAsync(Settings);
        foreach (var name in new[] { FigureNames.Reverberant, FigureNames.ReverberantCeiling, FigureNames.ReverberantFloor })
            Assert.That(figures[name].Value, Is.InRange(-1, 1).And.Not.EqualTo(0.0), name);
        Assert.That(figures[FigureNames.ReverberantCeiling].Value, Is.Not.EqualTo(figures[FigureNames.Ceiling].Value), "a room changes it");
        Assert.That(figures[FigureNames.Reverberant].Note, Does.Match("in rooms of the validation split, for the test split has none, with an RT60 of 0\\.\\d\\d, 0\\.\\d\\d s"));
        Assert.That(figures[FigureNames.Rt60Error].Value, Is.GreaterThan(figures[FigureNames.Rt60ErrorOfMean].Value!.Value), "it was never trained");
        Assert.That(figures[FigureNames.Rt60ErrorOfMean].Value, Is.InRange(0.01, 0.5));
    }

    [Test]
    public async Task Rooms_of_the_test_split_are_taken_where_there_are_any()
    {
        using var made = new LooseRun("Rooms", new Dictionary<string, string>());
        var rooms = new SyntheticRoomsSettings { Rooms = 4, ResponsesPerRoom = 1, LongestRt60 = 0.3 };
        await new SyntheticRoomsStage("Rooms", rooms, TrainedPipeline.Signal.SampleRate, new Subbands([0, 3000, 12000])).RunAsync(made, CancellationToken.None);
        using var responses = ImpulseResponseShards.Open(made.Output("responses"));
        var heldOut = new HeldOutRooms(responses);
        Assert.That(heldOut.Kind, Is.EqualTo("rooms of the test split"));
        Assert.That(heldOut.NearestTo(0.2, 4), Is.EqualTo(responses.Of(Split.Test)).And.Not.Empty);
    }

    [Test]
    public async Task A_corpus_of_one_speaker_has_no_figures_of_conversions_and_does_not_fail()
    {
        var figures = await EvaluateAsync(Settings with { Speakers = 1 });
        Assert.That(figures[FigureNames.MelL1].Value, Is.Not.Null);
        Assert.That(figures[FigureNames.Reverberant].Value, Is.Null);
        Assert.That(figures["RT60 error of conversions"].Value, Is.Null);
        Assert.That(figures[FigureNames.Floor].Value, Is.Null);
        Assert.That(figures.Keys, Has.None.EqualTo(FigureNames.Nearest));
        Assert.That((figures[FigureNames.Conversion].Value, figures[FigureNames.Conversion].Note), Is.EqualTo(
            ((double?)null, "not computed: nobody is there to be converted to; use two speakers with validation utterances or more")));
    }

    private async Task<IReadOnlyDictionary<string, Figure>> EvaluateAsync(TeacherEvaluationSettings settings)
    {
        var inputs = new TeacherEvaluationInputs(
            new("teacher", "Phase2", "model.safetensors"), new("statistics", "MelStatistics", "mel_statistics.json"),
            new("embeddings", "SpeakerEncoder", "embeddings.safetensors"), [new("features", "Features", "features")])
        {
            Vocoder = new("vocoder", "TeacherVocoder", "vocoder.safetensors"),
            Judge = new("judge", "JudgeEncoder", "speaker_encoder.safetensors"),
            Segments = [new("segments", "Preprocess", "segments")],
            RoomEstimator = new("room_estimator", "Phase2", "room_estimator.safetensors"),
            Rooms = [new("responses", "Rooms", "responses")],
        };
        var stage = new EvaluateTeacherStage("EvaluatePhase2", settings, TrainedPipeline.Signal, new FeaturesSettings(), inputs);
        using var run = new LooseRun(stage.Id, new Dictionary<string, string>
        {
            ["teacher"] = _pipeline.Teacher,
            ["statistics"] = _pipeline.Statistics,
            ["embeddings"] = _pipeline.Embeddings,
            ["features"] = _pipeline.Features,
            ["vocoder"] = _pipeline.Vocoder,
            ["judge"] = _pipeline.Judge,
            ["segments"] = _pipeline.Segments,
            ["room_estimator"] = _made.Output("room_estimator.safetensors"),
            ["responses"] = _made.Output(SyntheticRoomsStage.Responses),
        });
        await stage.RunAsync(run, CancellationToken.None);
        return EvaluationReport.Read(Path.Combine(run.Output(EvaluateTeacherStage.Evaluation), EvaluationReport.FileName))
            .Figures.ToDictionary(figure => figure.Name);
    }
}
