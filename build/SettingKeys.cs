using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>What a setting of a stage is called where people set it: <c>phases.0.lr</c>, where the stage's manifest has <c>settings.phase.lr</c>.</summary>
internal static class SettingKeys
{
    private const string Settings = "settings.";

    /// <summary>By stage: what begins its manifest's settings, and what begins the keys of <c>--set</c>.</summary>
    private static readonly Dictionary<string, (string Manifest, string Key)> Known = new()
    {
        ["MelStatistics"] = ("", "mel_statistics."),
        ["SpeakerEncoder"] = ("encoder.", "speaker_encoder."),
        ["JudgeEncoder"] = ("encoder.", "judge_encoder."),
        ["TeacherVocoder"] = ("vocoder.", "teacher_vocoder."),
        ["ReflowPairs"] = ("pairs.", "phases.reflow.pairs."),
        ["Trajectories"] = ("trajectories.", "student.trajectories."),
        ["DistillA"] = ("distillation.", "student.distill_a."),
        ["DistillB"] = ("distribution.", "student.distill_b."),
        ["StudentVocoder"] = ("vocoder.", "student.vocoder."),
        ["StudentVoices"] = ("voices.", "student.voices."),
        ["StudentRooms"] = ("rooms.", "student.rooms."),
        ["GateStudent"] = ("", "student.gate."),
    };

    private static readonly Dictionary<string, string> Phases = PipelineConfiguration.KnownPhases.ToDictionary(TeacherStages.Title);

    /// <param name="what">As <see cref="Change.What"/>.</param>
    /// <returns>Without the key where it is not known, but never with the word settings.</returns>
    public static string Of(StageId stage, string what)
    {
        if (!what.StartsWith(Settings, StringComparison.Ordinal))
            return what;
        var (setting, (manifest, key)) = (what[Settings.Length..], Place(stage.Value));
        return setting.StartsWith(manifest, StringComparison.Ordinal) && key.Length > 0 ? key + setting[manifest.Length..] : setting;
    }

    private static (string Manifest, string Key) Place(string stage)
    {
        if (Phases.TryGetValue(stage, out var phase))
            return ("phase.", $"phases.{phase}.");
        if (Known.TryGetValue(stage, out var known))
            return known;
        if (Trimmed(stage, "Gate") is { } judged && Phases.TryGetValue(judged, out var gate))
            return ("", $"gates.{gate}.");
        if (Trimmed(stage, "Evaluate") is { } evaluated && Phases.ContainsKey(evaluated))
            return ("evaluation.", "evaluation.");
        return Trimmed(stage, "Features") is { Length: > 0 } ? ("features.", "features.") : ("", "");
    }

    private static string? Trimmed(string stage, string beginning) => stage.StartsWith(beginning, StringComparison.Ordinal) ? stage[beginning.Length..] : null;
}
