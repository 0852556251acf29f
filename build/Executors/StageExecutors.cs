using System.Globalization;
using Tmrvc.Build.Caches;
using Tmrvc.Build.CommandLine;
using Tmrvc.Slurm;

namespace Tmrvc.Build.Executors;

/// <summary>Where the stages of a session run that do not run in this process.</summary>
internal static class StageExecutors
{
    /// <summary>Below the artifacts: output of jobs by profile, and the configurations they work by.</summary>
    private const string Folder = "slurm";

    /// <returns>Null for this process.</returns>
    public static SlurmExecutor? Of(Session session) => session.Request.Executor == ExecutorKind.Slurm ? Slurm(session) : null;

    private static SlurmExecutor Slurm(Session session)
    {
        var (options, workplace) = (session.Engine.Options, session.Workplace);
        var folder = Path.Combine(workplace.Root, options.Artifacts, Folder);
        var sources = Path.Combine(AppContext.BaseDirectory, "sources");
        var files = workplace.Configurations.Files(session.Request.Profile, workplace.Start);
        var program = new JobProgram([Environment.ProcessPath!], workplace.Root)
        {
            Lock = File.Exists(sources) ? sources : null,
            Variables = Variables(session),
            Plan = new JobPlan(Workplace.ConfigurationVariable, files),
            Arguments = order => Words(session.Request, order),
        };
        return new SlurmExecutor(session.Executors.Slurm, program, folder, options.Profile, workplace.Clock);
    }

    private static Dictionary<string, string> Variables(Session session)
    {
        var variables = new Dictionary<string, string>
        {
            [Workplace.RootVariable] = session.Workplace.Root,
            [Workplace.PackageSetVariable] = session.Workplace.PackageSet,
        };
        if (session.Request.Caches is { } caches)
            variables[CacheChoice.Variable] = string.Join(' ', caches);
        return variables;
    }

    /// <summary>The request over again for one stage; without caches, whose addresses may hold secrets.</summary>
    private static IEnumerable<string> Words(Request request, JobOrder order) =>
    [
        $"--target={order.Stage}",
        string.Create(CultureInfo.InvariantCulture, $"--job={order.Key}:{order.Attempt}"),
        .. order.IsForced ? [$"--force={order.Stage}"] : Array.Empty<string>(),
        .. RequestWords.OfSettings(request),
        .. request.Extend ? ["--extend"] : Array.Empty<string>(),
        .. request.CachesAreReadOnly ? ["--cache-mode=read"] : Array.Empty<string>(),
    ];
}
