using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A teacher and the data of one of its phases.</summary>
public sealed class TeacherPhase : IDisposable
{
    private static readonly JsonSerializerOptions SummaryFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    private readonly TeacherPhaseSettings _settings;
    private readonly FeatureShards _shards;
    private readonly MelStatistics _statistics;
    private readonly TeacherBatches _batches;
    private readonly TeacherBatches _heldOut;
    private readonly Teacher _teacher;
    private readonly SignalParameters _signal;
    private readonly Device _device;
    private readonly List<ITeacherLoss> _losses = [new FlowLoss()];
    private readonly List<nn.Module> _judges = [];
    private readonly Subbands _bands;
    private ImpulseResponseShards? _responses;
    private RoomEstimator? _rooms;
    private ReflowPairs? _pairs;

    public TeacherPhase(
        TeacherPhaseSettings settings, Constants constants, FeatureShards shards, MelStatistics statistics,
        SpeakerEmbeddings embeddings, Device device)
    {
        (_settings, _shards, _statistics, _signal, _device) = (settings, shards, statistics, SignalParameters.From(constants), device);
        _bands = Subbands.From(constants);
        _batches = new(shards, statistics, embeddings)
        {
            Conditioning = settings.Flow.OtherUtterance > 0 ? new(shards, settings.Flow.OtherUtterance, settings.Seed) : null,
            NeedsNeighbours = settings.Flow.CrossSpeaker > 0 || settings.Flow.OptimalTransport,
        };
        _heldOut = new(shards, statistics, embeddings);
        var dimensions = TeacherDimensions.From(constants, shards.ContentDimension);
        _teacher = new Teacher(TeacherArchitecture.Preset(settings.Preset, dimensions), (ulong)settings.Seed);
        _teacher.to(device);
    }

    /// <exception cref="InvalidDataException">The weights do not fit the preset.</exception>
    public void StartFrom(string modelPath) => ModuleWeights.Load(_teacher, modelPath);

    /// <summary>Adds the loss between waveforms, through a vocoder.</summary>
    /// <exception cref="InvalidDataException">The file is no vocoder, or of other mel statistics.</exception>
    public void ListenThrough(string vocoderPath)
    {
        _statistics.RequireThoseOf(vocoderPath);
        _losses.Add(new WaveformLoss(Judge(ModelFiles.Vocoder.Load(vocoderPath)), _settings.Losses.Stft, _settings.Losses.ByTime));
    }

    /// <summary>Adds the loss between voices, by a speaker encoder.</summary>
    /// <exception cref="InvalidDataException">The file is no speaker encoder.</exception>
    public void RecogniseBy(string speakerEncoderPath) =>
        _losses.Add(new SpeakerLoss(Judge(ModelFiles.SpeakerEncoder.Load(speakerEncoderPath)), _settings.Losses.Speaker, _settings.Losses.ByTime));

    /// <summary>
    /// Changes the speech of every batch as the settings say, and adds the loss on rooms where it has a weight. Validations are in rooms that
    /// the training is never in.
    /// </summary>
    /// <param name="segments">Folders that the features were extracted from.</param>
    /// <param name="responses">Folders of impulse responses.</param>
    /// <exception cref="ArgumentException">There is no room or no speech to train with.</exception>
    public void Augment(AugmentationSettings augmentation, IEnumerable<string> segments, IReadOnlyList<string> responses)
    {
        _responses = ImpulseResponseShards.Open(responses);
        var audio = new SegmentAudio(_shards, segments, _signal.HopLength);
        _batches.Augmenter = Augmenter(Split.Train);
        _heldOut.Augmenter = Augmenter(Split.Validation);
        if (_settings.Losses.Ir == 0) return;
        _rooms = new RoomEstimator(new() { Mels = _shards.Mels, Bands = _bands.Count }, (ulong)_settings.Seed);
        _rooms.to(_device);
        _losses.Add(new RoomLoss(_rooms, _settings.Losses.Ir));

        BatchAugmenter Augmenter(Split rooms) => new(augmentation, _shards, audio, _responses, _signal, _bands, _settings.Seed, rooms);
    }

    /// <summary>Learns from pairs of noise and speech instead of recordings.</summary>
    /// <param name="folder">That <see cref="ReflowPairsStage"/> left.</param>
    public void LearnFrom(string folder) => _pairs = ReflowPairs.Open(folder);

    /// <exception cref="InvalidDataException">There is no utterance to validate the phase with.</exception>
    public TrainingOutcome Run(TrainingRun run, TimeProvider clock, CancellationToken cancellation) =>
        new Trainer<TeacherBatch>(Phase(run.Stage), _device, clock).Run(run, cancellation);

    /// <summary>Writes the weights as a file of <see cref="ModelFiles.Teacher"/> that also holds the mel statistics.</summary>
    public void Save(TrainingOutcome outcome, string path)
    {
        var metadata = ModelFiles.Teacher.Metadata(_teacher.Architecture);
        metadata[MelStatistics.MetadataKey] = _statistics.ToJson();
        ModuleWeights.Save(_rooms is null ? outcome.Weights.ToDictionary(w => w.Name, w => w.Value) : TeacherInRooms.OfTeacher(outcome), path, metadata);
    }

    /// <summary>Writes the estimator that was trained with the teacher as a file of <see cref="ModelFiles.RoomEstimator"/>.</summary>
    public void SaveRooms(TrainingOutcome outcome, string path) =>
        ModuleWeights.Save(TeacherInRooms.OfRooms(outcome), path, ModelFiles.RoomEstimator.Metadata(_rooms!.Architecture));

    public void Summarise(StageId stage, TrainingOutcome outcome, string path)
    {
        var parameters = _teacher.parameters().Sum(p => p.numel());
        var summary = new TeacherPhaseSummary(stage.Value, _settings, parameters, outcome.BestValidationLoss, outcome.BestStep);
        File.WriteAllText(path, JsonSerializer.Serialize(summary, SummaryFormat) + "\n");
    }

    public void Dispose()
    {
        _responses?.Dispose();
        _rooms?.Dispose();
        _pairs?.Dispose();
        _teacher.Dispose();
        foreach (var judge in _judges) judge.Dispose();
    }

    private TModule Judge<TModule>(TModule network) where TModule : nn.Module
    {
        network.to(_device);
        _judges.Add(network);
        return network;
    }

    private Phase<TeacherBatch> Phase(StageId stage)
    {
        var network = _rooms is null ? (nn.Module)_teacher : new TeacherInRooms(_teacher, _rooms);
        var learner = _settings.Learner<TeacherBatch>("teacher", network, Objective());
        var validation = Validation();
        var data = _pairs is null
            ? TeacherData.Of(_shards, _settings, _batches, _heldOut, validation)
            : TeacherData.Of(_pairs, _settings, new PairBatches(_pairs, _shards, _statistics));
        return _settings.Phase(stage, learner, data.Batches) with
        {
            Shares = data.Shares,
            Validation = data.Validation,
            Trial = new(_settings.BatchSize, data.Longest),
            Exhibits = new TeacherExhibits(_teacher, _heldOut, validation, _statistics, _signal, _device).Of,
        };
    }

    /// <summary>In validations nothing is dropped, disturbed or exchanged.</summary>
    private Objective<TeacherBatch> Objective()
    {
        var precision = new MixedPrecision(_settings.Precision, _device);
        var (learning, judged) = (Under(_settings.Flow), Under(_settings.Flow.Undisturbed()));
        return (batch, random) => (_teacher.training ? learning : judged).Evaluate(batch, random);

        TeacherObjective Under(FlowSettings flow) => new(
            (position, time, conditions) => precision.Forward(() => _teacher.forward(position, time, conditions)),
            _teacher.Architecture.Dimensions, flow, _losses, _device);
    }

    private IReadOnlyList<BatchPlan> Validation() => ValidationPlans.Of(_shards, _settings) is { Count: > 0 } plans
        ? plans
        : throw new InvalidDataException(
            $"Features: no validation utterance has min_frames ({_settings.MinFrames}) frames, and without one a teacher cannot be judged; "
            + "add recordings, or lower validation_from_recordings or min_frames.");
}

/// <summary>phase.json.</summary>
/// <param name="Parameters">Of the network.</param>
/// <param name="BestValidationLoss">Of the averaged weights; null without a validation set.</param>
public sealed record TeacherPhaseSummary(
    string Phase, TeacherPhaseSettings Settings, long Parameters, double? BestValidationLoss, long BestStep);
