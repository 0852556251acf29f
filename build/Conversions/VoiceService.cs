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
        string[] files = [.. session.Request.Inputs.SelectMany(input => SpeakerSource.AudioFiles(FullPath(input)))];
        var profile = Enrolled(files, Path.GetFileNameWithoutExtension(_output), cancellation);
        if (session.Request.FewShotSteps is { } steps)
            profile = FewShotEnrolment.Run(session, steps, profile, files, cancellation);
        SpeakerProfileFile.From(session.Constants).Save(_output, profile);
        var used = profile.Metadata.SourceAudioFiles.Count;
        _workplace.Output.WriteLine($"{session.Request.Output}: the voice of {used} {(used == 1 ? "recording" : "recordings")}, {ConversionText.Of(profile)}");
    });

    private SpeakerProfile Target(string path, CancellationToken cancellation) => SpeakerSource.IsProfile(path)
        ? SpeakerProfileFile.From(session.Constants).Read(path)
        : Enrolled([path], Path.GetFileNameWithoutExtension(path), cancellation);

    /// <summary>Of several recordings, those that cannot be used are left out, and told.</summary>
    private SpeakerProfile Enrolled(IReadOnlyCollection<string> files, string name, CancellationToken cancellation)
    {
        using var enrolment = new SpeakerEnrolment(_models, session.Constants);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                enrolment.Add(file, cancellation);
            }
            catch (UnreadableAudioException fault) when (files.Count > 1)
            {
                _workplace.Output.WriteLine($"left out: {fault.Message}");
            }
        }
        return enrolment.Profile(name, _workplace.Clock.GetUtcNow());
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
