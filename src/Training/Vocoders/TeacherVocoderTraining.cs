using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Trains a vocoder, against an adversary where one is asked for.</summary>
public sealed class TeacherVocoderTraining : IDisposable
{
    private readonly TeacherVocoderSettings _settings;
    private readonly MelStatistics _statistics;
    private readonly SignalParameters _signal;
    private readonly SpeechCrops _crops;
    private readonly Device _device;
    private readonly MelFeatures _mels;
    private readonly TeacherVocoder _vocoder;
    private readonly WaveformDiscriminator? _adversary;

    public TeacherVocoderTraining(
        TeacherVocoderSettings settings, SignalParameters signal, SpeechCrops crops, MelStatistics statistics, Device device)
    {
        (_settings, _statistics, _signal, _crops, _device) = (settings, statistics, signal, crops, device);
        _mels = new MelFeatures(signal, statistics, device);
        _vocoder = new TeacherVocoder(Architecture(settings, signal), (ulong)settings.Seed);
        _vocoder.to(device);
        _adversary = settings.DiscriminatorChannels > 0 ? new WaveformDiscriminator(settings.DiscriminatorChannels, settings.Seed) : null;
        _adversary?.to(device);
    }

    public TrainingOutcome Run(TrainingRun run, TimeProvider clock, CancellationToken cancellation) =>
        new Trainer<WaveformBatch>(Phase(run.Stage), _device, clock).Run(run, cancellation);

    /// <summary>Writes the weights as a file of <see cref="ModelFiles.Vocoder"/> that also holds the mel statistics.</summary>
    public void Save(TrainingOutcome outcome, string path)
    {
        var metadata = ModelFiles.Vocoder.Metadata(_vocoder.Architecture);
        metadata[MelStatistics.MetadataKey] = _statistics.ToJson();
        ModuleWeights.Save(outcome.Weights.ToDictionary(w => w.Name, w => w.Value), path, metadata);
    }

    public void Dispose()
    {
        _vocoder.Dispose();
        _adversary?.Dispose();
        _mels.Dispose();
    }

    private Phase<WaveformBatch> Phase(StageId stage)
    {
        var objectives = new VocoderObjectives(_vocoder, _adversary, _mels, _settings, _device);
        var vocoder = _settings.Learner<WaveformBatch>("vocoder", _vocoder, objectives.OfVocoder);
        var phase = _settings.Phase(stage, vocoder, _crops.Draw) with { Validation = _crops.Validation() };
        phase = phase with { Trial = new(_settings.BatchSize, _crops.Few), Exhibits = new VocoderExhibits(_vocoder, _mels, _signal, phase.Validation, _device).Of };
        return _adversary is null ? phase : phase with { Learners = [vocoder, Adversary(_adversary, objectives)] };
    }

    private Learner<WaveformBatch> Adversary(WaveformDiscriminator network, VocoderObjectives objectives) =>
        _settings.Learner<WaveformBatch>("adversary", network, objectives.OfAdversary) with
        {
            AverageDecay = null,
            Optimiser = _settings.Adversary,
            From = _settings.AdversaryFrom,
            LearningRate = new(_settings.Schedule, _settings.Lr, _settings.Steps - _settings.AdversaryFrom, _settings.WarmUp),
        };

    private static VocoderArchitecture Architecture(TeacherVocoderSettings settings, SignalParameters signal) => new()
    {
        Mels = signal.NMels,
        Channels = settings.Channels,
        Blocks = settings.Blocks,
        NFft = signal.NFft,
        WindowLength = signal.WindowLength,
        HopLength = signal.HopLength,
    };
}
