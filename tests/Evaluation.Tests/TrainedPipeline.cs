using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation.Tests;

/// <summary>What an evaluation reads, made from real speech: features, statistics, embeddings and a small teacher.</summary>
internal sealed class TrainedPipeline : IDisposable
{
    public static readonly SignalParameters Signal = new(
        SampleRate: 24000, NFft: 1024, HopLength: 240, WindowLength: 960, NMels: 80, MelFmin: 0, MelFmax: 12000, LogFloor: 1e-10);

    private readonly LooseRun _segments;
    private readonly LooseRun _models = new("Phase0", new Dictionary<string, string>());
    private LooseRun? _features;

    public string Features => _features!.Output(FeaturesStage.Features);

    public string Statistics => _models.Output("statistics.json");

    public string Embeddings => _models.Output("embeddings.safetensors");

    public string Teacher => _models.Output("model.safetensors");

    public string Vocoder => _models.Output("vocoder.safetensors");

    /// <summary>Weights as drawn.</summary>
    public string Judge => _models.Output("speaker_encoder.safetensors");

    public string Segments => _segments.Output(PreprocessStage.Segments);

    private TrainedPipeline(string recordings) => _segments = new("Preprocess", new Dictionary<string, string> { ["recordings"] = recordings });

    public static Task<TrainedPipeline> CreateAsync() =>
        CreateAsync(MiniCorpus.Root, new() { Name = "prompts", Layout = CorpusLayout.Prompts, Split = new() { ValidationShare = 0.7, TestShare = 0 } });

    public static async Task<TrainedPipeline> CreateAsync(string recordings, CorpusSettings corpus)
    {
        var pipeline = new TrainedPipeline(recordings);
        await pipeline.ExtractFeaturesAsync(recordings, corpus);
        pipeline.MakeModels();
        return pipeline;
    }

    public void Dispose()
    {
        _features?.Dispose();
        _segments.Dispose();
        _models.Dispose();
    }

    private async Task ExtractFeaturesAsync(string recordings, CorpusSettings corpus)
    {
        var settings = new PreprocessSettings { Corpus = corpus, Vad = VadKind.Energy, MinSeconds = 0.5, MaxSeconds = 4 };
        await _segments.RunAsync(new PreprocessStage(
            "Preprocess", settings, new(24000, -23), new StageInput.Files("recordings", recordings, "**"), vadModel: null));
        var segments = new StageInput.Output("segments", "Preprocess", PreprocessStage.Segments);
        _features = new LooseRun("Features", new Dictionary<string, string> { ["segments"] = _segments.Output(PreprocessStage.Segments) });
        await _features.RunAsync(new FeaturesStage("Features", new FeaturesSettings { Workers = 2 }, Signal, segments));
    }

    private void MakeModels()
    {
        using var scope = NewDisposeScope();
        using var shards = FeatureShards.Open(Features);
        new MelStatistics(-11.5f, [.. Enumerable.Repeat(-5f, 80)], [.. Enumerable.Repeat(2f, 80)], 1).Write(Statistics);
        using var generator = new Generator(3);
        SpeakerEmbeddings.Save(Embeddings, shards.Utterances.ToDictionary(
            utterance => utterance.Id, _ => nn.functional.normalize(randn([1, 192], generator: generator), dim: 1).data<float>().ToArray()));
        var architecture = TeacherArchitecture.Tiny(new TeacherDimensions(80, shards.ContentDimension, 192, 24, Heads: 8));
        using var teacher = new Teacher(architecture with { Channels = [32, 32, 32, 32], Hidden = 32 });
        nn.init.normal_(ModuleWeights.Of(teacher)["output_conv.weight"], 0, 0.05, generator);
        ModuleWeights.Save(teacher, Teacher, ModelFiles.Teacher.Metadata(teacher.Architecture));
        MakeListeners();
    }

    private void MakeListeners()
    {
        using var vocoder = new TeacherVocoder(new() { Channels = 16, Blocks = 1 });
        var metadata = ModelFiles.Vocoder.Metadata(vocoder.Architecture);
        metadata[MelStatistics.MetadataKey] = MelStatistics.Read(Statistics).ToJson();
        ModuleWeights.Save(vocoder, Vocoder, metadata);
        using var judge = new SpeakerEncoder(new() { Channels = 16 }, seed: 5);
        ModuleWeights.Save(judge, Judge, ModelFiles.SpeakerEncoder.Metadata(judge.Architecture));
    }
}
