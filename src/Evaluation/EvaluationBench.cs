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
    private readonly InferenceProvider _provider;
    private readonly SpeakerEmbeddings _embeddings;
    private readonly Teacher _teacher;
    private readonly ISpeakerEmbedder? _judge;
    private readonly Extractors _extractors;
    private readonly List<PretrainedNetwork> _networks = [];
    private readonly Lazy<SegmentAudio> _recordings;
    private readonly ImpulseResponseShards? _responses;

    public EvaluationBench(
        StageRun run, TeacherEvaluationSettings settings, SignalParameters signal, FeaturesSettings features, TeacherEvaluationInputs inputs,
        torch.Device device)
    {
        (_settings, _signal) = (settings, signal);
        _provider = settings.Device == DeviceChoice.Cpu ? InferenceProvider.Cpu : features.Provider;
        Shards = FeatureShards.Open([.. inputs.Features.Select(corpus => run.Input(corpus.Name))]);
        var index = new SpeakerIndex(Shards);
        Plan = new EvaluationPlan(index, settings);
        _embeddings = SpeakerEmbeddings.Open(run.Input(inputs.Embeddings.Name));
        _teacher = ModelFiles.Teacher.Load(run.Input(inputs.Teacher.Name));
        _teacher.to(device);
        _teacher.eval();
        var statistics = MelStatistics.Read(run.Input(inputs.Statistics.Name));
        (Generator, Brief) = (Taking(settings.Steps), Taking(settings.FewSteps));
        Conversion = new VoiceConversion(index, _embeddings, settings.LongestSample);
        Vocoder = inputs.Vocoder is { } vocoder
            ? new TrainedVocoder(run.Input(vocoder.Name), signal.SampleRate, device) : new GriffinLimVocoder(signal);
        _extractors = new Extractors(signal, features with { Provider = _provider }, run.Input, run.Log);
        Pitch = _extractors.F0();
        _recordings = new(() => new SegmentAudio(Shards, inputs.Segments.Select(corpus => run.Input(corpus.Name)), signal.HopLength));
        _judge = settings.Embedder switch
        {
            EmbedderKind.Ecapa => new EcapaEmbedder(Network(run, TeacherEvaluationSettings.EcapaNetwork, Ecapa.Signature)),
            EmbedderKind.JudgeEncoder => new JudgeEncoder(run.Input(inputs.Judge!.Name), statistics, signal, device),
            _ => null,
        };
        Opinion = settings.Opinion == OpinionKind.Utmos
            ? new OpinionScorer(Network(run, TeacherEvaluationSettings.UtmosNetwork, OpinionScorer.Signature)) : null;
        Words = inputs.Words is { } words
            ? new Understanding(Shards, new SpeechRecognizer(run.Input(words.Name)), settings.LongestSample) : null;
        Voices = VoicesIn(recording => recording);
        Discriminant = VoiceDiscriminant.Of(signal.NMels, Plan.Speakers.SelectMany(
            speaker => Plan.Known(speaker, settings.DiscriminantRecordings).Select(utterance => (speaker, RecordedMel(utterance)))));
        if (inputs.RoomEstimator is not { } estimator) return;
        Listener = new RoomListener(run.Input(estimator.Name), statistics, signal, device);
        _responses = ImpulseResponseShards.Open([.. inputs.Rooms.Select(corpus => run.Input(corpus.Name))]);
        Trials = new RoomTrials(this, new HeldOutRooms(_responses), settings);

        MelGenerator Taking(int steps) => new(_teacher, statistics, new EulerSampler { Steps = steps, Sway = settings.Sway }, device, settings.Guidance);
    }

    public TeacherEvaluationSettings Settings => _settings;

    public FeatureShards Shards { get; }

    public EvaluationPlan Plan { get; }

    public VoiceConversion Conversion { get; }

    public MelGenerator Generator { get; }

    /// <summary>The same teacher in few steps.</summary>
    public MelGenerator Brief { get; }

    public IMelVocoder Vocoder { get; }

    /// <summary>What the features' F0 was tracked with.</summary>
    public IF0Extractor Pitch { get; }

    /// <summary>Null where nothing tells voices apart.</summary>
    public ReferenceVoices? Voices { get; }

    /// <summary>Null where there are too few recordings for one.</summary>
    public VoiceDiscriminant? Discriminant { get; }

    /// <summary>Null where nothing predicts opinions.</summary>
    public OpinionScorer? Opinion { get; }

    /// <summary>Null where nothing understands words.</summary>
    public Understanding? Words { get; }

    /// <summary>The ear that was trained with the teacher; null where that knows of no rooms.</summary>
    public RoomListener? Listener { get; }

    /// <summary>Null where the teacher knows of no rooms.</summary>
    public RoomTrials? Trials { get; }

    /// <summary>Recordings as they sound elsewhere, to be compared with; null where nothing tells voices apart.</summary>
    public ReferenceVoices? VoicesIn(Func<AudioBuffer, AudioBuffer> place) => _judge is null ? null : new(
        _judge, Plan.Speakers.Concat(Plan.Unheard).Select(speaker => (speaker, Plan.References(speaker))), utterance => place(Recording(utterance)));

    /// <summary>As much of an utterance's beginning as is generated.</summary>
    /// <param name="room">Where it is heard, one of <see cref="Trials"/>; null for as it was recorded.</param>
    public AudioBuffer Recording(int utterance, int? room = null)
    {
        var samples = new float[Math.Min(_recordings.Value.SamplesOf(utterance), _settings.LongestSample * _signal.HopLength)];
        _recordings.Value.Read(utterance, 0, samples);
        var recording = new AudioBuffer(samples, _signal.SampleRate);
        return room is { } response ? Trials!.Rooms.Place(recording, response) : recording;
    }

    /// <summary>Of the whole utterance.</summary>
    public string FileOf(int utterance) => _recordings.Value.FileOf(utterance);

    /// <summary>Log-mel of the same, [80, T], as a teacher could at best give it.</summary>
    public float[] RecordedMel(int utterance) => Generator.Clamped(Conversion.LogMel(utterance));

    public void Dispose()
    {
        Listener?.Dispose();
        _responses?.Dispose();
        (_judge as IDisposable)?.Dispose();
        foreach (var network in _networks) network.Dispose();
        _extractors.Dispose();
        Words?.Dispose();
        (Vocoder as IDisposable)?.Dispose();
        _teacher.Dispose();
        _embeddings.Dispose();
        Shards.Dispose();
    }

    private PretrainedNetwork Network(StageRun run, string name, NetworkSignature signature)
    {
        var network = new PretrainedNetwork(run.Input(name), signature, _provider, run.Log);
        _networks.Add(network);
        return network;
    }
}
