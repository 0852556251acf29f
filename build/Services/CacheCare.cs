using Tmrvc.Build.Progress;
using Tmrvc.Build.CommandLine;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Services;

/// <summary>Cleans up and checks what is stored here and in the cache.</summary>
internal sealed class CacheCare(Session session)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    private readonly Workplace _workplace = session.Workplace;

    /// <summary>Deletes what no lock file names and nobody used for long; under <c>--dryrun</c> only lists it.</summary>
    /// <exception cref="GitException">Nobody knows what lock files name.</exception>
    public async Task<bool> CollectAsync(CancellationToken cancellation)
    {
        var options = new CollectionOptions(session.Request.Grace ?? Grace, session.Request.Show == Show.Plan);
        var engine = session.Engine.Options;
        var locked = await LockedKeys.ReadAsync(engine.Root, engine.Artifacts, cancellation);
        Tell(CareText.Of(locked));
        Tell(CareText.Of(new LocalCollection(engine).Run(locked, options, cancellation), options));
        return true;
    }

    /// <summary>Checks and mends everything here.</summary>
    /// <returns>Whether everything is good, or good again.</returns>
    public async Task<bool> VerifyAsync(CancellationToken cancellation)
    {
        var figures = await new LocalVerification(session.Engine.Options, _workplace.Output.WriteLine).RunAsync(cancellation);
        Tell([$"here: {CareText.Of(figures)}"]);
        return figures.Lost == 0;
    }

    private void Tell(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            _workplace.Output.WriteLine(line);
    }
}
