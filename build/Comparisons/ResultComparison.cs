using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;
using Tmrvc.Evaluation;
using Tmrvc.Reporting;

namespace Tmrvc.Build.Comparisons;

/// <summary>Puts a stage's result beside that of another revision: settings, metrics, verdict, figures and sounds. Runs nothing.</summary>
internal sealed class ResultComparison(Session session)
{
    private readonly Recall _recall = session.Engine.Recall;
    private readonly TextWriter _output = session.Workplace.Output;
    private readonly StageId _stage = new(session.Request.Stage!);
    private readonly string _revision = session.Request.With!;

    /// <returns>Whether both results of the stage were found.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        Stage[] stages = [.. session.Engine.Graph.Needed([.. Compared()])];
        if (await _recall.LockFilesAtAsync(_revision, cancellation) is not { } there)
            throw new UsageException($"--with={_revision}: git knows no such revision; git log lists them, git fetch brings more");
        var profile = session.Engine.Options.Profile;
        if (there.Count == 0)
        {
            session.Workplace.Errors.WriteLine(
                $"--with={_revision}: profile {profile} has no lock files there; commit {session.Engine.Options.Artifacts}/lock/{profile}, or name a revision that has them");
            return false;
        }
        var left = await ComparedResult.FindAsync("here", Ids(stages), _recall.LockFileOf, _recall, cancellation);
        var right = await ComparedResult.FindAsync(_revision, Ids(stages), there.GetValueOrDefault, _recall, cancellation);
        foreach (var missing in left.Missing.Concat(right.Missing).Distinct())
            session.Workplace.Errors.WriteLine(missing);
        if (left[_stage] is null || right[_stage] is null)
            return false;
        await TellAsync(stages, left, right, cancellation);
        return true;
    }

    private static IEnumerable<StageId> Ids(IEnumerable<Stage> stages) => stages.Select(stage => stage.Id);

    private StageId Evaluation => new("Evaluate" + _stage);

    private StageId Gate => new("Gate" + _stage);

    private IEnumerable<StageId> Compared() => new[] { _stage, Evaluation, Gate }.Where(session.Engine.Graph.Contains);

    private async Task TellAsync(Stage[] stages, ComparedResult left, ComparedResult right, CancellationToken cancellation)
    {
        var evaluations = EvaluationPair.Read(await FolderAsync(left, cancellation), await FolderAsync(right, cancellation));
        ComparisonTable[] tables =
        [
            ComparedValues.Differences(stages, left, right), ComparedValues.Metrics(_stage, left, right),
            ComparedValues.Verdict(Gate, left, right), evaluations.Figures,
        ];
        if (left[_stage]!.Key == right[_stage]!.Key)
            _output.WriteLine($"{_stage}: both are one result, key {left[_stage]!.Key.Short}");
        foreach (var line in tables.SelectMany(table => ComparisonText.Lines(table, left.Name, right.Name)))
            _output.WriteLine(line);
        var page = Path.Combine(session.Engine.Options.Artifacts, "compare", $"{_stage}-{Uri.EscapeDataString(_revision)}.html");
        ComparisonPage.Write(Path.Combine(session.Workplace.Root, page), $"{_stage}: here and {_revision}", (left.Name, right.Name), tables, evaluations);
        _output.WriteLine($"side by side, with sounds: {page}");
    }

    /// <returns>Folder of the evaluation; null when the result has none that can be had.</returns>
    private async Task<string?> FolderAsync(ComparedResult result, CancellationToken cancellation)
    {
        if (result[Evaluation] is not { } record)
            return null;
        if (await _recall.RestoreAsync(record, session.Observer, cancellation) is { } folder)
            return Path.Combine(folder, EvaluateTeacherStage.Evaluation);
        session.Workplace.Errors.WriteLine($"{result.Name}: the files of {Evaluation} are not to be had; --cache=WHERE looks in a cache");
        return null;
    }
}
