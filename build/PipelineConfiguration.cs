using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Reporting;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>Everything that configs/ can say, section by section; each section belongs to the project that works by it.</summary>
public sealed record PipelineConfiguration : IValidated
{
    private static readonly string[] KnownPhases = ["0"];

    /// <summary>configs/constants.yaml.</summary>
    public required Constants Constants { get; init; }

    /// <summary>The embedded corpus; null where a profile leaves it out.</summary>
    public PromptsDataset? Prompts { get; init; }

    /// <summary>The user's own recordings; null where there are none.</summary>
    public FolderDataset? Folder { get; init; }

    public FeaturesSettings Features { get; init; } = new();

    public MelStatisticsSettings MelStatistics { get; init; } = new();

    public SpeakerEncoderSettings SpeakerEncoder { get; init; } = new();

    /// <summary>The teacher's phases by name: 0.</summary>
    public required IReadOnlyDictionary<string, TeacherPhaseSettings> Phases { get; init; }

    public TeacherEvaluationSettings Evaluation { get; init; } = new();

    /// <summary>What phase 0 must reach.</summary>
    public TeacherGateSettings Gate { get; init; } = new();

    public ReportSettings Report { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Prompts is null && Folder is null)
            yield return ("prompts", "is left out, and so is folder: at least one corpus is needed");
        foreach (var phase in Phases.Keys.Except(KnownPhases))
            yield return ($"phases.{phase}", $"unknown phase; {ClosestName.Advice(phase, KnownPhases)}");
        foreach (var phase in KnownPhases.Except(Phases.Keys))
            yield return ("phases", $"has no phase {phase}, which is needed");
    }

    /// <summary>The same with every network on one device: <c>--device</c>.</summary>
    public PipelineConfiguration On(DeviceChoice device) => this with
    {
        SpeakerEncoder = SpeakerEncoder with { Runtime = SpeakerEncoder.Runtime with { Device = device } },
        Phases = Phases.ToDictionary(
            phase => phase.Key, phase => phase.Value with { Runtime = phase.Value.Runtime with { Device = device } }),
        Evaluation = Evaluation with { Device = SnakeCase.Of(device.ToString()) },
    };
}
