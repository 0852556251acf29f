using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Build.Progress;
using Tmrvc.Build.CommandLine;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Services;

/// <summary>Cleans up and checks what is stored here and in the cache.</summary>
internal sealed class CacheCare(Session session)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(30), Delay = TimeSpan.FromDays(7);

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Workplace _workplace = session.Workplace;

    /// <summary>Deletes what no lock file names and nobody used for long; under <c>--dryrun</c> only lists it.</summary>
    /// <exception cref="GitException">Nobody knows what lock files name.</exception>
    public async Task<bool> CollectAsync(CancellationToken cancellation)
    {
        var request = session.Request;
        var options = new CollectionOptions(request.Grace ?? Grace, request.Show == Show.Plan) { Delay = request.Delay ?? Delay };
        var engine = session.Engine.Options;
        var locked = await LockedKeys.ReadAsync(engine.Root, engine.Artifacts, cancellation);
        Tell(CareText.Of(locked));
        Tell(CareText.Of(new LocalCollection(engine).Run(locked, options, cancellation), options));
        return session.Shared.Each is not [var cache, ..] || await CollectAsync(cache, locked, options, cancellation);
    }

    /// <summary>Others may have branches that this clone does not know; it must not delete their results.</summary>
    private async Task<bool> CollectAsync(BlobStore cache, LockedKeys locked, CollectionOptions options, CancellationToken cancellation)
    {
        if (!options.DryRun && Obstacle(cache, locked) is { } obstacle)
        {
            _workplace.Errors.WriteLine($"{cache.Name}: nothing was deleted: {obstacle}");
            return false;
        }
        var (figures, results) = await new SharedCollection(cache).RunAsync(locked, options, cancellation);
        Tell(CareText.Of(cache.Name, figures, results, options));
        return true;
    }

    private static string? Obstacle(BlobStore cache, LockedKeys locked) => !cache.IsWritable ? "it is open for reading only"
        : locked.Gaps.Count > 0 ? $"this clone may not know every branch ({string.Join("; ", locked.Gaps)})"
        : null;

    /// <summary>Checks and mends everything here, and everything in the caches.</summary>
    /// <returns>Whether everything is good, or good again.</returns>
    public async Task<bool> VerifyAsync(CancellationToken cancellation)
    {
        var engine = session.Engine.Options;
        var here = new LocalVerification(engine, _workplace.Output.WriteLine);
        var lost = await LostAsync("here", Task.Run(() => here.RunAsync(cancellation), cancellation), () => here.BytesRead);
        foreach (var cache in session.Shared.Each)
        {
            var there = new SharedVerification(engine, cache, _workplace.Output.WriteLine);
            lost += await LostAsync(cache.Name, there.RunAsync(cancellation), () => there.BytesRead);
        }
        return lost == 0;
    }

    /// <summary>Tells how far it is now and then, and what it came to.</summary>
    private async Task<int> LostAsync(string where, Task<VerificationFigures> verification, Func<long> bytesRead)
    {
        while (await Task.WhenAny(verification, Task.Delay(BetweenLines, _workplace.Clock)) != verification)
            Tell([$"{where}: {Quantity.Bytes(bytesRead())} read so far"]);
        var figures = await verification;
        Tell([$"{where}: {CareText.Of(figures)}"]);
        return figures.Lost;
    }

    private void Tell(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            _workplace.Output.WriteLine(line);
    }
}
