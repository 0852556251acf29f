using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Build.Conversions;

/// <summary>Fine-tunes the converter of the student to a voice that was enrolled, and keeps what that adds in its profile.</summary>
internal sealed class FewShotEnrolment(Session session, CancellationToken cancellation)
{
    private const int PieceSeconds = 15;

    /// <summary>Ten minutes at most are learnt from: all of it is held in memory.</summary>
    private const int MostPieces = 40;

    private readonly string _student = ModelPlace.StudentOf(session.Request, session.Workplace);

    /// <param name="files">Those that the voice was enrolled from.</param>
    /// <returns>The profile as it was where nothing that was learnt is better.</returns>
    /// <exception cref="InvalidDataException">The student cannot be fine-tuned, or is another than the networks were exported from.</exception>
    public SpeakerProfile Run(int steps, SpeakerProfile profile, IEnumerable<string> files)
    {
        RequireOneStudent();
        var (output, constants) = (session.Workplace.Output, session.Constants);
        DeviceChoice.Cpu.Prepare(threads: 0);
        using var student = new FewShot(_student, constants, new FewShotSettings { Steps = steps });
        var spoken = files.SelectMany(file => SpokenPieces.Of(file, PieceSeconds, constants)).Select(piece => piece.Audio).Take(MostPieces);
        var told = new Told(progress => output.WriteLine(
            FormattableString.Invariant($"few-shot: step {progress.Step} of {progress.Steps}, mel error {progress.HeldOutLoss:0.0000} on speech that is not learnt from")));
        var outcome = student.Learn(spoken, profile.Embedding, profile.LoraDelta, told, cancellation);
        output.WriteLine(FormattableString.Invariant($"few-shot: mel error {outcome.Before:0.0000} before, {outcome.After:0.0000} after"));
        if (outcome.IsBetter)
            return profile with { LoraDelta = outcome.LoraDelta, Metadata = profile.Metadata with { TrainingMode = SpeakerProfileMetadata.FewShot, ConverterSha256 = HashOf(NetworkNames.ConverterWeights) } };
        output.WriteLine($"few-shot: nothing that was learnt in {steps} steps is better; the profile is that of the embedding alone");
        return profile;
    }

    /// <summary>What is learnt is added to exactly one converter, and starts from what the exported speaker encoder says.</summary>
    private void RequireOneStudent()
    {
        var models = ModelPlace.Of(session.Request, session.Workplace);
        if (ModelManifest.Read(models) is not { } manifest)
        {
            session.Workplace.Errors.WriteLine($"{models.Metadata}: is missing, so nobody can tell whether {_student} is the student that the networks beside it were exported from");
            return;
        }
        foreach (var file in new[] { StudentNetworks.ConverterFile, StudentNetworks.ContentEncoderFile })
            if (manifest.StudentSha256.GetValueOrDefault(file) is var wanted && HashOf(file) is var found && found != wanted)
                throw new InvalidDataException(
                    $"{Path.Combine(_student, file)}: its SHA-256 is {FileSha256.Short(found)}, the networks in {models.Path} were exported from {FileSha256.Short(wanted ?? "another")}; "
                    + "--target=Package brings both up to date, or choose weights by --student=DIR and networks by --models=DIR");
    }

    private string HashOf(string file) => FileSha256.Of(Path.Combine(_student, file));

    /// <summary>Tells at once, on the thread that learns.</summary>
    private sealed class Told(Action<FewShotProgress> tell) : IProgress<FewShotProgress>
    {
        public void Report(FewShotProgress value) => tell(value);
    }
}
