using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Lets a distilled student say what its teacher does in distribution (phase B; Yin et al., 2024).</summary>
public sealed class DistributionStage(
    StageId id, DistributionSettings settings, Constants constants, DistributionInputs inputs) : StudentPartStage(id, settings)
{
    private const string ContentEncoder = "content_encoder";
    private const string Converter = "converter";
    private const string Teacher = "teacher";
    private const string Vocoder = "vocoder";
    private const string Voices = "speaker_encoder";
    private const string Rooms = "ir_estimator";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(inputs.Features);

    public override string Description => $"Student of one step, by the distribution of what its teacher says, {settings.Steps} steps";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool, .. _features, TrainingInputs.StatisticsOf(inputs.Statistics),
        new StageInput.Output(TrajectoriesStage.Trajectories, inputs.Trajectories, TrajectoriesStage.Trajectories),
        new StageInput.Output(ContentEncoder, inputs.Student, StudentNetworks.ContentEncoderFile),
        new StageInput.Output(Converter, inputs.Student, StudentNetworks.ConverterFile),
        new StageInput.Output(Teacher, inputs.Teacher, TeacherPhaseStage.Model),
        .. Where(settings.StftWeight, new(Vocoder, inputs.Vocoder, TeacherVocoderStage.Model)),
        .. Where(settings.SpeakerWeight, new(Voices, inputs.Voices, SpeakerEncoderStage.Model)),
        .. Where(settings.Estimates, new(Rooms, inputs.Rooms, StudentNetworks.IrEstimatorFile)),
    ];

    public override IReadOnlyList<string> Networks => [StudentNetworks.ContentEncoderFile, StudentNetworks.ConverterFile];

    public override object Settings => new DistributionStageSettings(settings, SignalParameters.From(constants));

    private protected override void Train(TrainingRun run, Device device, CancellationToken cancellation)
    {
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        using var trajectories = TeacherTrajectories.Open(run.Input(TrajectoriesStage.Trajectories));
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var training = new DistributionTraining(settings, SignalParameters.From(constants), statistics, device);
        training.Begin(run.Input(ContentEncoder), run.Input(Converter), run.Input(Teacher));
        if (settings.StftWeight > 0) training.ListenThrough(run.Input(Vocoder));
        if (settings.SpeakerWeight > 0) training.RecogniseBy(run.Input(Voices));
        if (settings.Estimates > 0) training.HearRoomsBy(run.Input(Rooms));
        Learn(run, training.Phase(run.Stage, trajectories, new(trajectories, shards, statistics)), device,
            outcome => DistilledNetworks.Save(outcome, training.Architecture, About(statistics), run.Output), cancellation);
    }

    private static StageInput[] Where(double share, StageInput.Output input) => share > 0 ? [input] : [];
}

/// <summary>The stages that phase B reads from.</summary>
/// <param name="Student">That leaves the student it begins with.</param>
/// <param name="Teacher">That said the trajectories.</param>
/// <param name="Features">That the trajectories were made from, one per corpus.</param>
/// <param name="Vocoder">What a loss on waveforms listens through.</param>
/// <param name="Voices">The speaker encoder that a loss on voices listens by.</param>
/// <param name="Rooms">The student's ear for rooms.</param>
public sealed record DistributionInputs(
    StageId Trajectories, StageId Student, StageId Teacher, IReadOnlyList<StageId> Features, StageId Statistics, StageId Vocoder, StageId Voices, StageId Rooms);

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record DistributionStageSettings(DistributionSettings Distribution, SignalParameters Signal);
