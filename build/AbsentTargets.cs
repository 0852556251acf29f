using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build;

/// <summary>What is told of a target that is a stage which the profile leaves out: the setting that chooses it, where that is known.</summary>
internal static class AbsentTargets
{
    private static readonly (string Title, string Section)[] Rooms = [("Air", "air"), ("ButReverbDb", "but_reverb_db"), ("Synthetic", "synthetic")];

    private static readonly (string Title, string Section)[] Phases =
        [.. PipelineConfiguration.KnownPhases.SelectMany(phase => new[] { (TeacherStages.Title(phase), phase), ($"{TeacherStages.Title(phase)}Pairs", phase) })];

    public static string Words(string target, Request request, PipelineConfiguration configuration) =>
        $"--target={target}: not part of profile {request.Profile}; {Advice(target, configuration) ?? "datasets, teacher_phases, rooms.in_use and student.phase choose what is"}";

    private static string? Advice(string target, PipelineConfiguration configuration) =>
        Missing(target, [.. configuration.Sections().Select(section => (section.Title, section.Name))], "datasets", configuration.Datasets)
        ?? Missing(target, Phases, "teacher_phases", configuration.TeacherPhases)
        ?? Missing(target, Rooms, "rooms.in_use", configuration.Rooms.InUse)
        ?? (configuration.Student.Phase == StudentPhase.None && StudentStages.Includes(target) ? "it has no student (student.phase: none); choose a or b, or another --profile" : null);

    private static string? Missing(string target, (string Title, string Section)[] all, string setting, IReadOnlyList<string> inUse) =>
        all.FirstOrDefault(entry => target.EndsWith(entry.Title, StringComparison.Ordinal)).Section is { } section && !inUse.Contains(section)
            ? $"add {section} to {setting} (found: {string.Join(", ", inUse)}), or choose another --profile"
            : null;
}
