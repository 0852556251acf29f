using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Conversions;
using Tmrvc.Build.Executors;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;
using Tmrvc.Reporting;
using Tmrvc.Slurm;

namespace Tmrvc.Build;

/// <summary>Runs the targets of a session through Cake, and ends with a line that sums up and the report's page.</summary>
internal sealed class TaskRun(Session session)
{
    private readonly Request _request = session.Request;
    private readonly Workplace _workplace = session.Workplace;
    private readonly TaskFaults _faults = new(session.Workplace, session.Request.Verbosity);
    private readonly TransferWatch _watch = new(session.Observer, session.Workplace.Clock);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run()
    {
        if (_request.Exclusive)
            RequireFreshNeeds();
        session.RequireWithinLimits();
        using var signals = new Signals(_workplace.Errors);
        var slurm = StageExecutors.Of(session);
        var runner = new StageRunner(session.Engine, session.Stages, session.RunOptions with { Executor = slurm }, _watch, signals.Cancellation);
        var code = Host(runner).Run(CakeArguments());
        if (slurm is not null)
            End(slurm);
        if (code != 0 && !_faults.Any)
            _workplace.Errors.WriteLine("the run could not be set up; --verbosity=diagnostic shows why");
        var told = runner.Summary is not { } summary || End(summary);
        return signals.Cancellation.IsCancellationRequested ? ExitCode.Preempted : _faults.IsUsage ? ExitCode.Usage : CodeOf(runner.Summary, code == 0 && told);
    }

    /// <param name="summary">Null when the stages did not come to an end.</param>
    private static int CodeOf(RunSummary? summary, bool isGood) =>
        summary?.Result == RunResult.Preempted ? ExitCode.Preempted : isGood ? ExitCode.Done : ExitCode.Failed;

    private CakeHost Host(StageRunner runner) => new CakeHost()
        .UseContext<BuildContext>()
        .UseLifetime<RunLifetime>()
        .ConfigureServices(services => services
            .AddSingleton(runner)
            .AddSingleton(session)
            .AddSingleton(_workplace)
            .AddSingleton(_faults)
            .AddSingleton<ICakeLog, PlainLog>()
            .AddSingleton<ICakeReportPrinter, SilentReportPrinter>());

    /// <summary>A stage run alone reads what the others left; stale outputs would not be what the graph says.</summary>
    private void RequireFreshNeeds()
    {
        var stale = session.Engine.Plan(session.Stages, Force.None).Stages
            .Where(stage => stage.State is PlannedState.Run or PlannedState.Blocked && !session.Stages.Contains(stage.Id))
            .Select(stage => $"--exclusive: {stage.Id} is not fresh ({stage.Reason}); run without --exclusive.")
            .ToArray();
        if (stale.Length > 0)
            throw new UsageException(stale);
    }

    private void End(SlurmExecutor slurm)
    {
        slurm.EndAsync().GetAwaiter().GetResult();
        if (_request.Verbosity > Verbosity.Quiet && slurm.Overheads.Count > 0)
            _workplace.Output.WriteLine(JobText.Of(slurm.Overheads));
    }

    /// <returns>False when the page could not be written.</returns>
    private bool End(RunSummary summary)
    {
        var published = new PublishedModels(summary, ModelPlace.OfProfile(_request, _workplace), ModelPlace.StudentOfProfile(_request, _workplace));
        foreach (var trouble in published.Publish(_request.IsTrial))
            _workplace.Errors.WriteLine(trouble);
        var told = TryReport(summary, published, out var page);
        if (_request.Verbosity < Verbosity.Normal)
            foreach (var failed in summary.Stages.Where(stage => stage.State is StageState.Failed or StageState.Rejected))
                _workplace.Errors.WriteLine($"[{failed.Stage}] {failed.State.ToString().ToLowerInvariant()}: {failed.Reason}");
        if (_request.Verbosity == Verbosity.Diagnostic)
            foreach (var failed in summary.Stages.Where(stage => stage.Fault is not null))
                _workplace.Errors.WriteLine($"[{failed.Stage}] {failed.Fault}");
        if (_request.IsTrial && _request.Verbosity > Verbosity.Quiet)
            _workplace.Output.WriteLine($"{(_request.Overrides.Count > 0 ? "--set" : "--steps")}: a trial; the lock files stay as they are");
        if (_request.Verbosity > Verbosity.Quiet)
            _workplace.Output.WriteLine(SummaryText.Of(summary, _watch.Took) + (page is null ? "" : $"; report: {page}"));
        if (_request.Verbosity > Verbosity.Quiet)
            foreach (var advice in FailureAdvice.Of(summary, session.Engine.Options))
                _workplace.Errors.WriteLine(advice);
        return told;
    }

    /// <summary>Writes the page when the report was among what ran; also after a failure, which it then shows.</summary>
    /// <param name="page">Relative to the root; null when there is no page.</param>
    /// <returns>False, after saying so, when it cannot be written.</returns>
    private bool TryReport(RunSummary summary, PublishedModels published, out string? page)
    {
        page = null;
        if (summary.Stages.FirstOrDefault(stage => stage.Stage == "Report") is not { } report || summary.Result == RunResult.Preempted)
            return true;
        var path = Path.Combine(session.Engine.Options.Artifacts, "report", "index.html");
        var content = report.State.HasOutputs() ? report.OutputPath(ReportStage.ContentName) : null;
        var shown = summary with { Stages = [.. summary.Stages.Select(stage => stage with { Reason = _workplace.Secrets.Redact(stage.Reason) })] };
        var ledger = shown.ToLedger(session.Engine.Graph, session.Engine.Options.Profile, report.Record?.Revision ?? "");
        try
        {
            ReportWriter.Write(Path.Combine(_workplace.Root, path), content, ledger with { Delivered = Delivered(published, path) });
            page = path;
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _workplace.Errors.WriteLine($"{path}: the report cannot be written: {fault.Message}");
            return false;
        }
    }

    private DeliveredFiles? Delivered(PublishedModels published, string page)
    {
        var (path, place) = (Path.Combine(_workplace.Root, page), ModelPlace.OfProfile(_request, _workplace));
        if (published.IsMade) return DeliveredFiles.In(_workplace.Root, place, path);
        return published.Made is { } made && DeliveredFiles.In(_workplace.Root, made, path) is { } aside ? aside with { Aside = published.Reason(_request.IsTrial) } : null;
    }

    /// <summary>What is Cake's own among the options.</summary>
    private IEnumerable<string> CakeArguments() =>
    [
        .. session.Targets.Select(target => $"--target={target}"),
        $"--verbosity={_request.Verbosity}",
        .. _request.Exclusive ? ["--exclusive"] : Array.Empty<string>(),
        .. _request.Show switch
        {
            Show.Descriptions => ["--description"],
            Show.Version => ["--version"],
            Show.Information => ["--info"],
            _ => Array.Empty<string>(),
        },
    ];
}
