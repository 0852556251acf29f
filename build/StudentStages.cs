using Tmrvc.BuildGraph;
using Tmrvc.Contract;
using Tmrvc.Evaluation;
using Tmrvc.Export;
using Tmrvc.Models;
using Tmrvc.Reporting;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>The student's part of the graph: distilled from the last of the teacher's phases, its networks apart, then one folder, then files.</summary>
/// <param name="teacher">The stage whose model is the teacher.</param>
/// <param name="gate">The verdict on it; null where it has none.</param>
/// <param name="features">One per corpus; their segments come from <paramref name="preprocessing"/>.</param>
internal sealed class StudentStages(
    PipelineConfiguration configuration, TimeProvider clock, StageId teacher, StageId? gate, StageId[] features, StageId[] preprocessing)
{
    private static readonly StageId Trajectories = "Trajectories";
    private static readonly StageId DistillA = "DistillA";
    private static readonly StageId DistillB = "DistillB";
    private static readonly StageId Vocoder = "StudentVocoder";
    private static readonly StageId Voices = "StudentVoices";
    private static readonly StageId Rooms = "StudentRooms";
    private static readonly StageId Student = "Student";
    private static readonly StageId Export = "Export";
    private static readonly StageId Parity = "Parity";
    private static readonly StageId Quantize = "Quantize";
    private static readonly StageId ParityInt8 = "ParityInt8";
    private static readonly StageId Package = "Package";
    private static readonly StageId Evaluated = "EvaluateStudent";
    private static readonly StageId Judged = "GateStudent";

    private static readonly StageId[] All =
        [Trajectories, DistillA, DistillB, Vocoder, Voices, Rooms, Student, Export, Parity, Quantize, ParityInt8, Package, Evaluated, Judged];

    private readonly StudentConfiguration _settings = configuration.Student;
    private readonly StudentArchitecture _architecture = configuration.Student.Architecture(configuration.Constants);

    /// <summary>What the report tells of these stages, where they are in the graph.</summary>
    public static IEnumerable<ReportSource> Sources() =>
    [
        .. new[] { DistillA, DistillB, Vocoder, Voices, Rooms }.Select(stage => new ReportSource.Metrics(stage)),
        new ReportSource.Evaluation(Evaluated), .. new[] { Parity, ParityInt8, Judged }.Select(stage => new ReportSource.Verdict(stage)),
    ];

    /// <summary>Whether a stage of this name is here where there is a student.</summary>
    public static bool Includes(string stage) => All.Any(own => own.Value == stage);

    private bool TeacherKnowsRooms => configuration.PhasesInUse().Last().Settings.Augmentation is { RoomProbability: > 0 };

    /// <summary>What the teacher's own evaluation reads.</summary>
    public required TeacherEvaluationInputs Evaluation { get; init; }

    public IEnumerable<Stage> Compose()
    {
        StudentPartStage[] parts = [_settings.Phase == StudentPhase.B ? B() : A(), .. Parts()];
        return
        [
            new TrajectoriesStage(
                Trajectories, TeacherKnowsRooms ? _settings.Trajectories : _settings.Trajectories.WithoutRooms(), configuration.Constants,
                new(teacher, features, TeacherStages.Statistics, TeacherStages.Encoder)
                {
                    Gate = gate, Preprocessing = preprocessing, Rooms = configuration.Rooms.ResponseStages,
                }),
            .. _settings.Phase == StudentPhase.B ? [A()] : Array.Empty<Stage>(), .. parts, new AssembleStudentStage(Student, parts), .. Files(), .. Evaluating(),
        ];
    }

    private DistillStage A() => new(
        DistillA, _settings.DistillA, configuration.Constants, _architecture, new(Trajectories, features, TeacherStages.Statistics, Rooms)) { Clock = clock };

    private DistributionStage B() => new(
        DistillB, _settings.DistillB, configuration.Constants,
        new(Trajectories, DistillA, teacher, features, TeacherStages.Statistics, TeacherStages.Vocoder, TeacherStages.Encoder, Rooms)) { Clock = clock };

    private IEnumerable<StudentPartStage> Parts()
    {
        var (constants, statistics, encoder) = (configuration.Constants, TeacherStages.Statistics, TeacherStages.Encoder);
        yield return new StudentVocoderStage(Vocoder, _settings.Vocoder, constants, _architecture, statistics, preprocessing) { Clock = clock };
        yield return new StudentVoicesStage(Voices, _settings.Voices, _architecture, statistics, encoder, features) { Clock = clock };
        yield return new StudentRoomsStage(
            Rooms, _settings.Rooms, constants, _architecture, new(features, statistics, encoder, preprocessing, configuration.Rooms.ResponseStages)) { Clock = clock };
    }

    private IEnumerable<Stage> Evaluating() =>
    [
        new EvaluateStudentStage(
            Evaluated, _settings.Evaluation, configuration.Evaluation, configuration.Constants, configuration.Features,
            new(Evaluation, new StageInput.Output("models", Package, PackageStage.Models), new StageInput.Output("student", Student, AssembleStudentStage.Student))),
        new StudentGate(Judged, Evaluation.RoomEstimator is null ? _settings.Gate.WithoutRooms() : _settings.Gate, new StageInput.Output("evaluation", Evaluated, EvaluateTeacherStage.Evaluation)),
    ];

    private IEnumerable<Stage> Files()
    {
        var (student, statistics) = (new StageInput.Output("student", Student, AssembleStudentStage.Student), new StageInput.Output("statistics", TeacherStages.Statistics, MelStatisticsStage.Statistics));
        var (exported, quantised) = (new StageInput.Output("exported", Export, ModelFolder.Fp32), new StageInput.Output("quantised", Quantize, ModelFolder.Int8));
        StageInput.Output[] speech = [.. features.Select(stage => new StageInput.Output($"features_{stage}", stage, Tmrvc.Features.FeaturesStage.Features))];
        yield return new ExportStage(Export, _settings.Export, configuration.Constants, student, statistics);
        yield return new ParityGate(Parity, _settings.Parity, student, statistics, exported, speech);
        yield return new QuantiseStage(Quantize, student, exported);
        yield return new QuantisationGate(ParityInt8, _settings.Quantisation, student, exported, quantised, speech);
        yield return new PackageStage(
            Package, _settings.Package, student, statistics, exported, quantised, new StageInput.File("constants", "configs/constants.yaml"),
            new StageInput.Output("teacher", teacher, TeacherPhaseStage.Model)) { Gates = [Parity, ParityInt8] };
    }
}
