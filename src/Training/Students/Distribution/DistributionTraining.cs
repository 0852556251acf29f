using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The networks of phase B: the student, its teacher, the flow of what the student says, and what listens.</summary>
internal sealed class DistributionTraining(DistributionSettings settings, SignalParameters signal, MelStatistics statistics, Device device) : IDisposable
{
    private readonly List<nn.Module> _networks = [];
    private readonly List<ITeacherLoss> _judges = [];
    private ConvertingNetworks _student = null!;
    private StudentSpeech _speech = null!;
    private Teacher _ofData = null!;
    private Teacher _ofSamples = null!;
    private IrEstimator? _rooms;

    public StudentArchitecture Architecture => _student.Converter.Architecture;

    /// <summary>Takes the student's first weights, and the teacher's for both flows.</summary>
    /// <exception cref="InvalidDataException">A file is of another kind or of other mel statistics.</exception>
    public void Begin(string contentEncoder, string converter, string teacher)
    {
        foreach (var path in new[] { contentEncoder, converter, teacher }) statistics.RequireThoseOf(path);
        _student = Placed(new ConvertingNetworks(ModelFiles.ContentEncoder.Load(contentEncoder), ModelFiles.Converter.Load(converter)));
        _speech = new(_student.ContentEncoder, _student.Converter, signal, statistics, device);
        _ofData = Frozen.Of(Placed(ModelFiles.Teacher.Load(teacher)));
        _ofSamples = Placed(ModelFiles.Teacher.Load(teacher));
    }

    /// <summary>Adds the loss between waveforms, through a vocoder.</summary>
    /// <exception cref="InvalidDataException">The file is no vocoder, or of other mel statistics.</exception>
    public void ListenThrough(string vocoder)
    {
        statistics.RequireThoseOf(vocoder);
        _judges.Add(new WaveformLoss(Placed(ModelFiles.Vocoder.Load(vocoder)), settings.StftWeight));
    }

    /// <summary>Adds the loss between voices, by a speaker encoder.</summary>
    /// <exception cref="InvalidDataException">The file is no speaker encoder.</exception>
    public void RecogniseBy(string speakerEncoder) =>
        _judges.Add(new SpeakerLoss(Placed(ModelFiles.SpeakerEncoder.Load(speakerEncoder)), settings.SpeakerWeight));

    /// <summary>Lets the student be told rooms by its own ear.</summary>
    /// <exception cref="InvalidDataException">The file is no estimator of rooms.</exception>
    public void HearRoomsBy(string estimator) => _rooms = Frozen.Of(Placed(ModelFiles.IrEstimator.Load(estimator)));

    public Phase<TrajectoryBatch> Phase(StageId stage, TeacherTrajectories trajectories, TrajectoryBatches batches)
    {
        var objective = new DistributionObjective(
            _student, _speech, new(_rooms, settings.Estimates, device), _ofData.forward, _ofSamples.forward, _ofData.Architecture.Dimensions, _judges, settings, device);
        var places = new RenditionPlaces(trajectories, settings);
        var student = settings.Learner<TrajectoryBatch>("student", _student, objective.OfStudent);
        TrajectoryBatch[] validation = [.. places.Validation().Select(batches.Make)];
        return settings.Phase(stage, student, index => batches.Make(places.Draw(index))) with
        {
            Learners = [student, Score(objective)],
            Validation = validation,
            Exhibits = new StudentExhibits(objective.Speak, validation, statistics, signal).Of,
            Trial = new(settings.BatchSize, size => batches.Make(places.Longest(size))),
        };
    }

    public void Dispose()
    {
        _speech?.Dispose();
        foreach (var network in _networks) network.Dispose();
    }

    /// <summary>The flow of what the student says.</summary>
    private Learner<TrajectoryBatch> Score(DistributionObjective objective) => settings.Learner<TrajectoryBatch>("score", _ofSamples, objective.OfScore) with
    {
        AverageDecay = null,
        LearningRate = new(settings.Schedule, settings.ScoreLr, settings.Steps, settings.WarmUp),
        UpdatesPerStep = settings.ScoreUpdates,
    };

    private TModule Placed<TModule>(TModule network) where TModule : nn.Module
    {
        network.to(device);
        _networks.Add(network);
        return network;
    }
}
