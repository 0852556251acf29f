using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Services;
using Tmrvc.Models;

namespace Tmrvc.Build.Conversions;

/// <summary>What is wrong with the files that a target takes and writes.</summary>
internal static class AudioMistakes
{
    /// <param name="configuration">Null when it has mistakes of its own.</param>
    public static IEnumerable<string> Of(Request request, IReadOnlyList<TaskEntry> targets, Workplace workplace, PipelineConfiguration? configuration)
    {
        if (targets.FirstOrDefault(target => target.Audio is not null) is not { Audio: { } audio } task)
            return Unused(request, "--target=Convert or --target=Enroll", [.. FileOptions(request), .. VoiceOptions(request), .. EnrolmentOptions(request)]);
        return
        [
            .. targets.Count > 1 ? [$"--target={task.Name}: ask for it alone"] : Array.Empty<string>(),
            .. audio.Converts ? Unused(request, "--target=Enroll", EnrolmentOptions(request)) : Unused(request, "--target=Convert", VoiceOptions(request)),
            .. Student(request, workplace),
            .. Inputs(request, task, workplace.Start),
            .. audio.Converts ? Speaker(request, task, workplace.Start) : [],
            .. Output(request, task, workplace.Start),
            .. Device(request, task),
            .. ModelPlace.Needed(request, workplace, audio.Converts).Where(file => !File.Exists(file)).Take(1).Select(file => Missing(file, request, task, configuration)),
        ];
    }

    private static IEnumerable<string> Device(Request request, TaskEntry task) => request.Device == "cuda"
        ? [$"--device=cuda: {task.Name} takes the processor; leave it out"]
        : [];

    private static string Missing(string file, Request request, TaskEntry task, PipelineConfiguration? configuration) =>
        request.Models is { } models ? $"--models={models}: {file} is missing; choose a folder of exported networks, or leave --models out for those of the profile"
        : configuration?.Student.Phase == StudentPhase.None ? $"--target={task.Name}: profile {request.Profile} has no student (student.phase: none); choose another --profile, or networks by --models=DIR"
        : $"--target={task.Name}: {file} is missing; ./build.sh --profile={request.Profile} --target=Package makes it, or choose another folder by --models=DIR";

    private static IEnumerable<string> Unused(Request request, string targets, IEnumerable<(string Name, bool IsGiven)> options) =>
        options.Where(option => option.IsGiven).Select(option => $"--{option.Name}: only together with {targets}");

    private static (string Name, bool IsGiven)[] FileOptions(Request request) =>
        [("input", request.Inputs.Count > 0), ("output", request.Output is not null), ("models", request.Models is not null)];

    private static (string Name, bool IsGiven)[] VoiceOptions(Request request) =>
        [("speaker", request.Speaker is not null), ("int8", request.Int8), ("hq", request.HighQuality)];

    private static (string Name, bool IsGiven)[] EnrolmentOptions(Request request) =>
        [("few-shot", request.FewShotSteps is not null), ("student", request.Student is not null)];

    private static IEnumerable<string> Student(Request request, Workplace workplace)
    {
        if (request.FewShotSteps is null && request.Student is not null)
            yield return "--student: only together with --few-shot";
        var place = Path.Combine(ModelPlace.StudentOf(request, workplace), StudentNetworks.ConverterFile);
        if (request.FewShotSteps is not null && !File.Exists(place))
            yield return $"--few-shot: {place} is missing; ./build.sh --profile={request.Profile} --target=Student makes it, or choose another folder by --student=DIR";
    }

    private static IEnumerable<string> Inputs(Request request, TaskEntry task, string start)
    {
        var converts = task.Audio!.Converts;
        if (request.Inputs.Count == 0)
            yield return $"--target={task.Name}: needs --input=FILE";
        if (converts && request.Inputs.Count > 1)
            yield return $"--input: {request.Inputs.Count} are given; --target={task.Name} takes one";
        foreach (var input in request.Inputs)
            if (converts && Directory.Exists(Path.GetFullPath(input, start)))
                yield return $"--input={input}: is a folder; {task.Name} takes one file";
            else if (!Path.Exists(Path.GetFullPath(input, start)))
                yield return $"--input={input}: there is no such file";
            else if (!SpeakerSource.AudioFiles(Path.GetFullPath(input, start)).Any())
                yield return $"--input={input}: holds no audio";
    }

    private static IEnumerable<string> Speaker(Request request, TaskEntry task, string start)
    {
        if (request.Speaker is not { } speaker)
            yield return $"--target={task.Name}: needs --speaker=FILE, audio or a .tmrvc_speaker";
        else if (Directory.Exists(Path.GetFullPath(speaker, start)))
            yield return $"--speaker={speaker}: is a folder; --target=Enroll --input={speaker} makes a profile of it";
        else if (!File.Exists(Path.GetFullPath(speaker, start)))
            yield return $"--speaker={speaker}: there is no such file";
    }

    private static IEnumerable<string> Output(Request request, TaskEntry task, string start)
    {
        if (request.Output is not { } output)
        {
            yield return $"--target={task.Name}: needs --output=FILE";
            yield break;
        }
        var path = Path.GetFullPath(output, start);
        if (!Path.GetExtension(path).Equals(task.Audio!.Written, StringComparison.OrdinalIgnoreCase))
            yield return $"--output={output}: {task.Name} writes {task.Audio.Written} files; give it that ending";
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            yield return $"--output={output}: its folder is not there; create it, or choose another";
        if (request.Inputs.Append(request.Speaker).OfType<string>().Any(input => Path.GetFullPath(input, start) == path))
            yield return $"--output={output}: is what is read; choose another file";
    }
}
