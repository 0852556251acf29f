using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Streaming;

namespace Tmrvc.Build.Conversions;

/// <summary>Converts a file into another voice, and makes profiles of voices.</summary>
internal sealed class VoiceService(Session session)
{
    private readonly Workplace _workplace = session.Workplace;
    private readonly ModelFolder _models = ModelPlace.Of(session.Request, session.Workplace);
    private readonly string _output = Path.GetFullPath(session.Request.Output!, session.Workplace.Start);

    /// <returns>Whether the output was written; why not has been told.</returns>
    public Task<bool> ConvertAsync(CancellationToken cancellation) => ToldAsync(() =>
    {
        var (request, constants) = (session.Request, session.Constants);
        var input = FullPath(request.Inputs[0]);
        PackedModels.Require(_models, ModelPlace.Needed(request, _workplace, converts: true), constants);
        var target = Target(FullPath(request.Speaker!), cancellation);
        var source = SourceVoice.Of(input, constants);
        using var converter = new StreamingConverter(_models, ModelPlace.Options(request), constants, target, source.Range);
        var converted = new FileConversion(converter, constants, _workplace.Clock).Run(input, _output, source.Gain, cancellation);
        foreach (var line in ConversionText.Lines(request, constants, converter, source, target, converted))
            _workplace.Output.WriteLine(line);
    });

    /// <inheritdoc cref="ConvertAsync"/>
    public Task<bool> EnrollAsync(CancellationToken cancellation) => ToldAsync(() =>
    {
        PackedModels.Require(_models, ModelPlace.Needed(session.Request, _workplace, converts: false), session.Constants);
        string[] files = [.. session.Request.Inputs.SelectMany(input => SpeakerSource.AudioFiles(FullPath(input)))];
        var (profile, used) = Enrolled(files, Path.GetFileNameWithoutExtension(_output), cancellation);
        if (session.Request.FewShotSteps is { } steps)
            profile = new FewShotEnrolment(session, cancellation).Run(steps, profile, used);
        SpeakerProfileFile.From(session.Constants).Save(_output, profile);
        _workplace.Output.WriteLine($"{session.Request.Output}: the voice of {used.Count} {(used.Count == 1 ? "recording" : "recordings")}, {ConversionText.Of(profile)}");
    });

    private SpeakerProfile Target(string path, CancellationToken cancellation) => SpeakerSource.IsProfile(path)
        ? Kept(path)
        : Enrolled([path], Path.GetFileNameWithoutExtension(path), cancellation).Profile;

    private SpeakerProfile Kept(string path)
    {
        var profile = SpeakerProfileFile.From(session.Constants).Read(path);
        foreach (var doubt in ProfileOrigin.Doubts(path, profile.Metadata, _models))
            _workplace.Errors.WriteLine(doubt);
        return profile;
    }

    /// <summary>Of several recordings, those that cannot be used are left out, and told.</summary>
    /// <returns>The voice, and the files that it is of.</returns>
    private (SpeakerProfile Profile, IReadOnlyList<string> Used) Enrolled(IReadOnlyCollection<string> files, string name, CancellationToken cancellation)
    {
        var used = new List<string>();
        using var enrolment = new SpeakerEnrolment(_models, session.Constants);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                enrolment.Add(file, cancellation);
                used.Add(file);
            }
            catch (UnreadableAudioException fault) when (files.Count > 1)
            {
                _workplace.Output.WriteLine($"left out: {fault.Message}");
            }
        }
        return (enrolment.Profile(name, _workplace.Clock.GetUtcNow()), used);
    }

    private string FullPath(string path) => Path.GetFullPath(path, _workplace.Start);

    private Task<bool> ToldAsync(Action work) => Task.Run(() =>
    {
        try
        {
            work();
            return true;
        }
        catch (Exception fault) when (fault
            is UnreadableAudioException or ConversionException or SpeakerProfileException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _workplace.Errors.WriteLine(fault.Message);
            return false;
        }
    });
}
