using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Streaming;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>What is compared: the teacher, the student as it is exported, and what else it could see ahead.</summary>
internal sealed class StudentSystems : IDisposable
{
    private readonly StudentNetworks _student;

    /// <param name="models">Folder that holds fp32/ and int8/.</param>
    /// <param name="student">Folder of weights.</param>
    /// <param name="statistics">Mel statistics.</param>
    public StudentSystems(EvaluationBench bench, StudentEvaluationSettings settings, Constants constants, string models, string student, string statistics)
    {
        _student = StudentNetworks.Load(student);
        var (folder, mels) = (new ModelFolder(models), MelStatistics.Read(statistics));
        var voices = new EnrolledVoices(bench, folder, constants, settings.Enrolment);
        var ahead = new ConversionOptions { LooksAhead = true };
        All =
        [
            new TeacherSystem(bench, bench.Settings),
            Streamed(StreamedStudent.Fp32, new ConversionOptions()),
            Streamed(StreamedStudent.Int8, new ConversionOptions { Precision = WeightPrecision.Int8 }),
            .. settings.Lookahead.Select(frames => new WholeStudent(_student, mels, frames, bench, constants, voices)),
            .. ahead.FilesOf(folder).All(File.Exists)
                ? [Streamed($"{StreamedStudent.Fp32}, lookahead {constants.MaxLookaheadHops}", ahead)] : Array.Empty<IVoiceSystem>(),
        ];

        StreamedStudent Streamed(string name, ConversionOptions options) => new(name, bench, folder, options, constants, voices);
    }

    /// <summary>The teacher first, then the student in float32.</summary>
    public IReadOnlyList<IVoiceSystem> All { get; }

    public void Dispose() => _student.Dispose();
}
