using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;

namespace Tmrvc.Evaluation;

/// <summary>Everything an evaluation needs, opened from a stage's inputs.</summary>
internal sealed class EvaluationBench : IDisposable
{
    private readonly TeacherEvaluationSettings _settings;
    private readonly SignalParameters _signal;
    private readonly SpeakerEmbeddings _embeddings;
    private readonly Teacher _teacher;
    private readonly JudgeEncoder? _judge;
    private readonly SegmentAudio? _recordings;

    public EvaluationBench(
        StageRun run, TeacherEvaluationSettings settings, SignalParameters signal, TeacherEvaluationInputs inputs, torch.Device device)
    {
        (_settings, _signal) = (settings, signal);
        Shards = FeatureShards.Open([.. inputs.Features.Select(corpus => run.Input(corpus.Name))]);
        _embeddings = SpeakerEmbeddings.Open(run.Input(inputs.Embeddings.Name));
        _teacher = ModelFiles.Teacher.Load(run.Input(inputs.Teacher.Name));
        _teacher.to(device);
        _teacher.eval();
        var statistics = MelStatistics.Read(run.Input(inputs.Statistics.Name));
        Generator = new MelGenerator(_teacher, statistics, new EulerSampler { Steps = settings.Steps }, device);
        Conversion = new VoiceConversion(Shards, _embeddings, settings.LongestSample);
        Vocoder = inputs.Vocoder is { } vocoder
            ? new TrainedVocoder(run.Input(vocoder.Name), signal.SampleRate, device) : new GriffinLimVocoder(signal);
        if (inputs.Judge is not { } judge) return;
        _judge = new JudgeEncoder(run.Input(judge.Name), statistics, signal, device);
        _recordings = new SegmentAudio(Shards, inputs.Segments.Select(corpus => run.Input(corpus.Name)), signal.HopLength);
        Voices = new ReferenceVoices(Shards, _judge, settings.References, settings.ShortestSample, Recording);
    }

    public FeatureShards Shards { get; }

    public VoiceConversion Conversion { get; }

    public MelGenerator Generator { get; }

    public IMelVocoder Vocoder { get; }

    /// <summary>Null where nothing tells voices apart.</summary>
    public ReferenceVoices? Voices { get; }

    public void Dispose()
    {
        _judge?.Dispose();
        (Vocoder as IDisposable)?.Dispose();
        _teacher.Dispose();
        _embeddings.Dispose();
        Shards.Dispose();
    }

    /// <summary>As much of an utterance's beginning as is generated.</summary>
    private AudioBuffer Recording(int utterance)
    {
        var samples = new float[Math.Min(_recordings!.SamplesOf(utterance), _settings.LongestSample * _signal.HopLength)];
        _recordings.Read(utterance, 0, samples);
        return new AudioBuffer(samples, _signal.SampleRate);
    }
}
