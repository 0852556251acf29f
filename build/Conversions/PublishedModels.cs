using Tmrvc.BuildGraph;
using Tmrvc.Export;
using Tmrvc.Training;

namespace Tmrvc.Build.Conversions;

/// <summary>
/// Lets the files of a profile's student be found where conversions and enrolments look for them: links to what the store holds. Exported files and
/// weights there are of one student, or the link to the weights is gone.
/// </summary>
/// <param name="models">Of the link to the exported files; a folder that somebody put there stays.</param>
/// <param name="student">Of the link to the weights.</param>
internal sealed class PublishedModels(RunSummary summary, string models, string student)
{
    private static readonly StageId Package = "Package", Student = "Student", Gate = "GateStudent";

    private readonly Link _models = new(models, "--models", OutputOf(summary, Package, PackageStage.Models));
    private readonly Link _student = new(student, "--student", OutputOf(summary, Student, AssembleStudentStage.Student));

    /// <summary>Whether the profile's exported files are those that the run has made.</summary>
    public bool IsMade => _models is { Made: not null, IsMade: true };

    /// <summary>The exported files that the run has made, in the store; null where it has made none.</summary>
    public string? Made => _models.Made;

    /// <summary>Whether what was made is not to be what the profile converts by: its gate did not pass.</summary>
    private bool IsRejected => summary.Stages.FirstOrDefault(stage => stage.Stage == Gate)?.State is StageState.Rejected;

    /// <returns>Why the made files will not be found; nothing where they will, or where the run has made none.</returns>
    /// <param name="isTrial">Then the links stay as they are.</param>
    public IEnumerable<string> Publish(bool isTrial)
    {
        if (isTrial || IsRejected) return Left(Reason(isTrial));
        if (_models.Made is null) return Left($"{Package} was not made");
        return new[] { _models.Make(), _student.Made is null ? _student.Remove() : _student.Make() }.OfType<string>();
    }

    /// <returns>In few words, why <see cref="Publish"/> leaves the made files where they are.</returns>
    /// <inheritdoc cref="Publish"/>
    public string Reason(bool isTrial) => isTrial ? "a trial" : IsRejected ? $"{Gate} did not pass" : "the folder there could not be replaced";

    private IEnumerable<string> Left(string reason) =>
        from link in new[] { _models, _student }
        where link.Made is not null && !link.IsMade
        select $"{reason}: {link.Place} is not changed; what was made is reached by {link.Option}={link.Made}";

    private static string? OutputOf(RunSummary summary, StageId id, string output) =>
        summary.Stages.FirstOrDefault(stage => stage.Stage == id) is { } made && made.State.HasOutputs() ? made.OutputPath(output) : null;

    /// <param name="Made">What it is to lead to; null where the run has made nothing.</param>
    private sealed record Link(string Place, string Option, string? Made)
    {
        public bool IsMade => new DirectoryInfo(Place).LinkTarget == Made;

        /// <returns>Why it cannot be.</returns>
        public string? Make() => Made is null || IsMade ? null : Changed(old =>
        {
            if (old is { Exists: true, LinkTarget: null }) return $"{Place}: is a folder of its own, and stays; the student that was made is reached by {Option}={Made}";
            if (old.LinkTarget is not null) old.Delete();
            Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
            Directory.CreateSymbolicLink(Place, Made);
            return null;
        });

        /// <inheritdoc cref="Make"/>
        public string? Remove() => Changed(old =>
        {
            if (old.LinkTarget is not null) old.Delete();
            return null;
        });

        private string? Changed(Func<DirectoryInfo, string?> change)
        {
            try
            {
                return change(new DirectoryInfo(Place));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return $"{Place}: the student's files cannot be linked: {fault.Message}";
            }
        }
    }
}
