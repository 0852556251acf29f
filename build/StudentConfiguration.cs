using Tmrvc.Configuration;
using Tmrvc.Evaluation;
using Tmrvc.Export;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>How far a student is made.</summary>
public enum StudentPhase
{
    None,

    /// <summary>Distilled from the teacher's trajectories.</summary>
    A,

    /// <summary>And then by the distribution of what the teacher says.</summary>
    B,
}

/// <summary>The student: how it is distilled, and what its files must pass.</summary>
public sealed record StudentConfiguration
{
    public StudentPhase Phase { get; init; } = StudentPhase.None;

    /// <summary>How the converter is told whose voice to speak with.</summary>
    public TimbrePath Timbre { get; init; } = TimbrePath.Modulation;

    /// <summary>The teacher's ways that it is distilled from.</summary>
    public TrajectoriesSettings Trajectories { get; init; } = new();

    /// <summary>Content encoder and converter.</summary>
    public DistillationSettings DistillA { get; init; } = new();

    /// <summary>The same two, after that.</summary>
    public DistributionSettings DistillB { get; init; } = new();

    public StudentVocoderSettings Vocoder { get; init; } = new();

    /// <summary>Its speaker encoder.</summary>
    public StudentVoicesSettings Voices { get; init; } = new();

    /// <summary>Its estimator of rooms.</summary>
    public StudentRoomsSettings Rooms { get; init; } = new();

    public ExportSettings Export { get; init; } = new();

    public ParitySettings Parity { get; init; } = new();

    public QuantisationSettings Quantisation { get; init; } = new();

    public PackageSettings Package { get; init; } = new();

    /// <summary>What its conversions are measured on.</summary>
    public StudentEvaluationSettings Evaluation { get; init; } = new();

    /// <summary>What they must reach.</summary>
    public StudentGateSettings Gate { get; init; } = new();

    internal StudentArchitecture Architecture(Constants constants) => StudentArchitecture.From(constants) with { Timbre = Timbre };

    /// <summary>The same where its networks run otherwise.</summary>
    internal StudentConfiguration With(Func<RuntimeSettings, RuntimeSettings> change) => this with
    {
        Trajectories = Trajectories with { Runtime = change(Trajectories.Runtime) },
        DistillA = DistillA with { Runtime = change(DistillA.Runtime) },
        DistillB = DistillB with { Runtime = change(DistillB.Runtime) },
        Vocoder = Vocoder with { Runtime = change(Vocoder.Runtime) },
        Voices = Voices with { Runtime = change(Voices.Runtime) },
        Rooms = Rooms with { Runtime = change(Rooms.Runtime) },
    };
}
