using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Training;

namespace Tmrvc.Build.Conversions;

/// <summary>Fine-tunes the converter of the student to a voice that was enrolled, and keeps what that adds in its profile.</summary>
internal static class FewShotEnrolment
{
    private const int PieceSeconds = 15;

    /// <summary>Ten minutes at most are learnt from: all of it is held in memory.</summary>
    private const int MostPieces = 40;

    /// <param name="files">Those that <paramref name="profile"/> does not name were left out of it.</param>
    /// <exception cref="InvalidDataException">The student cannot be fine-tuned.</exception>
    public static SpeakerProfile Run(Session session, int steps, SpeakerProfile profile, IEnumerable<string> files, CancellationToken cancellation)
    {
        var (workplace, constants) = (session.Workplace, session.Constants);
        DeviceChoice.Cpu.Prepare(threads: 0);
        using var student = new FewShot(ModelPlace.StudentOf(session.Request, workplace), constants, new FewShotSettings { Steps = steps });
        var spoken = files.Where(file => profile.Metadata.SourceAudioFiles.Contains(Path.GetFileName(file)))
            .SelectMany(file => SpokenPieces.Of(file, PieceSeconds, constants)).Select(piece => piece.Audio).Take(MostPieces);
        var told = new Told(progress => workplace.Output.WriteLine(
            FormattableString.Invariant($"few-shot: step {progress.Step} of {progress.Steps}, mel error {progress.HeldOutLoss:0.0000} on speech that is not learnt from")));
        var outcome = student.Learn(spoken, profile.Embedding, profile.LoraDelta, told, cancellation);
        workplace.Output.WriteLine(FormattableString.Invariant($"few-shot: mel error {outcome.Before:0.0000} before, {outcome.After:0.0000} after"));
        return profile with { LoraDelta = outcome.LoraDelta, Metadata = profile.Metadata with { TrainingMode = "few_shot" } };
    }

    /// <summary>Tells at once, on the thread that learns.</summary>
    private sealed class Told(Action<FewShotProgress> tell) : IProgress<FewShotProgress>
    {
        public void Report(FewShotProgress value) => tell(value);
    }
}
