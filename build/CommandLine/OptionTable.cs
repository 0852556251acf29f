using System.Globalization;
using Cake.Core.Diagnostics;
using Tmrvc.ArtifactStore;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Training;

namespace Tmrvc.Build.CommandLine;

/// <summary>All options, in the order of the help text.</summary>
internal static class OptionTable
{
    public static readonly IReadOnlyList<Option> Options =
    [
        new("target", "NAME", "run NAME and what it needs (Default)", AddTarget) { Aliases = ["t"], Repeats = true },
        new("profile", "NAME", "smoke (default): tiny models on real speech, on a CPU, in minutes; full: the whole plan; or a YAML file",
            (request, name) => request with { Profile = name! }),
        new("set", "KEY=VALUE", "override one setting, such as phases.0.lr=4e-5; may be repeated",
            (request, change) => request with { Overrides = [.. request.Overrides, change!] }) { Repeats = true },
        new("dryrun", null, "show the plan: state, reason, size, expected time and cost of each stage; run nothing", ShowPlan)
            { Aliases = ["dry-run"] },
        new("explain", null, "show the plan with every changed input and setting, old → new",
            (request, _) => request with { Show = Show.ExplainedPlan }),
        new("check", null, "exit with 3 if anything is stale; run nothing", (request, _) => request with { Check = true }),
        new("json", null, "print the plan of --dryrun, --explain or --check for machines", (request, _) => request with { Json = true }),
        new("force", "[STAGE]", "run STAGE, or everything, although it is fresh", AddForced) { Repeats = true },
        new("keep-going", null, "after a failure, finish what does not need the failed stage", (request, _) => request with { KeepGoing = true }),
        new("extend", null, "a phase of the teacher with more steps goes on from the finished one, all else being equal", (request, _) => request with { Extend = true }),
        new("max-cost", "USD", "refuse a plan that is expected to cost more; stop, resumable, when a run has (configs/costs.yaml)",
            (request, amount) => request with { MaxCost = Amount(amount!) }),
        new("max-hours", "H", "the same for the hours of all stages together", (request, amount) => request with { MaxHours = Amount(amount!) }),
        new("jobs", "N", "stages at the same time", (request, count) => request with { Jobs = Count(count!) }) { Aliases = ["j"] },
        new("executor", "NAME", "local (default), or slurm: stages as jobs of a cluster, by configs/executors.yaml",
            (request, name) => request with { Executor = OneOf(name!, "local", "slurm") == "slurm" ? ExecutorKind.Slurm : ExecutorKind.Local }),
        new("job", "KEY:ATTEMPT", "for the jobs of --executor=slurm: run the target under this key or nothing, and tell the front end", SetJob),
        new("nproc", "N", "processes that train one model together, on this machine or within each job; enters no key",
            (request, count) => request with { Processes = Count(count!) }),
        new("rank", "ORDER", "for the processes of --nproc: train the target by this order, with the others that RANK and WORLD_SIZE count",
            (request, order) => request with { RankOrder = order, Exclusive = true }),
        new("device", "NAME", "auto, cpu or cuda", (request, name) => request with { Device = OneOf(name!, "auto", "cpu", "cuda") }),
        new("cache", "WHERE", "share results through a blob container, such as https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS]; "
            + "may be repeated: the first is written too, the others are only read; off for none", AddCache) { Repeats = true },
        new("cache-mode", "MODE", "readwrite (default), or read: write to no cache", SetCacheMode),
        new("frozen", null, "reproduce what the lock files name: restore only, fail rather than run",
            (request, _) => request with { Frozen = true }),
        new("grace", "DAYS", "CacheGc: keep what was used within so many days (30)",
            (request, days) => request with { Grace = Days(days!) }),
        new("delay", "DAYS", "CacheGc: delete from a cache what was condemned so many days ago (7); longer than any build",
            (request, days) => request with { Delay = Days(days!) }),
        new("steps", "LIST", "what preprocessing does, of resample,normalize,vad_trim,segment,features; for every corpus",
            (request, names) => request with { Steps = StepsOf(names!) }),
        new("workers", "N", "files that are preprocessed at the same time", (request, count) => request with { Workers = Count(count!) }),
        new("input", "FILE", "Convert: what is said, any audio; Enroll: audio of one speaker, or a folder of it; may be repeated",
            (request, path) => request with { Inputs = [.. request.Inputs, path!] }) { Repeats = true },
        new("speaker", "FILE", "Convert: whose voice is to say it, audio or a .tmrvc_speaker", (request, path) => request with { Speaker = path }),
        new("output", "FILE", "Convert: the .wav to write; Enroll: the .tmrvc_speaker", (request, path) => request with { Output = path }),
        new("int8", null, "Convert: by the INT8 networks", (request, _) => request with { Int8 = true }),
        new("hq", null, "Convert: by the network that looks 60 ms ahead", (request, _) => request with { HighQuality = true }),
        new("models", "DIR", "Convert, Enroll: the folder that holds fp32/ and int8/ (artifacts/models/PROFILE)",
            (request, path) => request with { Models = path }),
        new("few-shot", "[STEPS]", "Enroll: fine-tune the student's converter to the voice, 200 steps or so many",
            (request, steps) => request with { FewShotSteps = steps is null ? new FewShotSettings().Steps : Count(steps) }),
        new("student", "DIR", "Enroll with --few-shot: the folder of the student's safetensors (artifacts/students/PROFILE)",
            (request, path) => request with { Student = path }),
        new("stage", "NAME", "Compare: the stage whose results are put side by side", (request, name) => request with { Stage = name }),
        new("with", "REVISION", "Compare: the git revision whose lock files name the other result", (request, revision) => request with { With = revision }),
        new("exclusive", null, "run the target alone; what it needs must be fresh", (request, _) => request with { Exclusive = true })
            { Aliases = ["e"] },
        new("tree", null, "show the targets as a tree", (request, _) => request with { Show = Show.Tree }),
        new("description", null, "show the targets with their descriptions", (request, _) => request with { Show = Show.Descriptions }),
        new("verbosity", "LEVEL", "quiet, minimal, normal, verbose or diagnostic", SetVerbosity) { Aliases = ["v"] },
        new("version", null, "show the version", (request, _) => request with { Show = Show.Version }),
        new("info", null, "show more about Cake", (request, _) => request with { Show = Show.Information }),
        new("help", null, "show this text", (request, _) => request with { Show = Show.Help }) { Aliases = ["h"] },
    ];

    private static Request AddTarget(Request request, string? name) =>
        request with { Targets = ReferenceEquals(request.Targets, Request.Default.Targets) ? [name!] : [.. request.Targets, name!] };

    private static Request AddForced(Request request, string? name) => request with
    {
        Forced = name is null ? request.Forced with { All = true } : request.Forced with { Names = [.. request.Forced.Names, name] },
    };

    /// <summary>An explained plan is a plan with more in it: either order of the two options gives it.</summary>
    private static Request ShowPlan(Request request, string? _) =>
        request.Show == Show.ExplainedPlan ? request : request with { Show = Show.Plan };

    private static Request SetVerbosity(Request request, string? level) => request with
    {
        Verbosity = Enum.Parse<Verbosity>(OneOf(level!.ToLowerInvariant(), "quiet", "minimal", "normal", "verbose", "diagnostic"), ignoreCase: true),
    };

    private static Request AddCache(Request request, string? where) => request with { Caches = [.. request.Caches ?? [], where!] };

    private static Request SetJob(Request request, string? words) =>
        words!.Split(':') is [var key, var attempt] && ContentHash.TryParse(key, out var hash)
            ? request with { Job = new JobWords(hash, Count(attempt)), Exclusive = true }
            : throw new FormatException("a key of 64 hexadecimal digits, a colon and a number from 1 is allowed");

    private static Request SetCacheMode(Request request, string? mode) => request with { CachesAreReadOnly = OneOf(mode!, "read", "readwrite") == "read" };

    /// <summary>A hundred years are enough for any cache.</summary>
    private static TimeSpan Days(string written) =>
        double.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days <= 36500
            ? TimeSpan.FromDays(days)
            : throw new FormatException("a number of days from 0 is allowed");

    private static double Amount(string written) =>
        double.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && double.IsFinite(amount)
            ? amount
            : throw new FormatException("a number from 0 is allowed");

    private static PreprocessStep[] StepsOf(string written)
    {
        var known = Enum.GetValues<PreprocessStep>().ToDictionary(step => SnakeCase.Of(step.ToString()));
        var names = written.Split(',', StringSplitOptions.TrimEntries);
        return names.All(known.ContainsKey) && names.Distinct().Count() == names.Length
            ? [.. names.Select(name => known[name])]
            : throw new FormatException($"some of {string.Join(',', known.Keys)}, each once, are allowed");
    }

    private static int Count(string written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException("a whole number from 1 is allowed");

    private static string OneOf(string written, params string[] allowed) =>
        allowed.Contains(written) ? written : throw new FormatException($"{string.Join(", ", allowed[..^1])} or {allowed[^1]} is allowed");
}
