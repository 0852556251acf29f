using Tmrvc.Build.Caches;
using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build;

/// <summary>What does not fit together: the targets of a request, and the rest of it.</summary>
internal static class TargetMistakes
{
    public static IEnumerable<string> Of(Request request, IReadOnlyList<TaskEntry> targets, bool hasCache)
    {
        foreach (var target in targets.Where(target => target.NeedsCache && !hasCache))
            yield return $"--target={target.Name}: needs a cache; choose one by --cache=WHERE or {CacheChoice.Variable}";
        foreach (var target in targets.Where(target => target.NeedsCache && (request.Check || request.Show is Show.Plan or Show.ExplainedPlan)))
            yield return $"--target={target.Name}: lists what it moves when it does; what would be restored is shown by --frozen --dryrun";
        if (request.CachesAreReadOnly && targets.Any(target => target.Name == nameof(Push)))
            yield return "--target=Push: writes to the cache; leave out --cache-mode=read";
        foreach (var target in targets.Where(target => target.Deletes && targets.Count > 1))
            yield return $"--target={target.Name}: deletes; ask for it alone";
        if ((request.Grace ?? request.Delay) is not null && !targets.Any(target => target.Deletes))
            yield return "--grace, --delay: only together with --target=CacheGc";
        var compares = targets.Any(target => target.Name == nameof(Compare));
        if (compares && (request.Stage is null || request.With is null))
            yield return "--target=Compare: needs --stage=NAME and --with=REVISION";
        if (compares && request.IsTrial)
            yield return $"{(request.Overrides.Count > 0 ? "--set" : "--steps")}: --target=Compare compares what has been made, as the lock files name it; leave it out";
        if (!compares && (request.Stage ?? request.With) is not null)
            yield return "--stage, --with: only together with --target=Compare";
        if (request.Json && targets.Any(target => target.Deletes))
            yield return "--json: only plans of stages are printed for machines";
    }
}
