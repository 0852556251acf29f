using System.Globalization;
using Cake.Core.Diagnostics;

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
        new("jobs", "N", "stages at the same time", (request, count) => request with { Jobs = Count(count!) }) { Aliases = ["j"] },
        new("device", "NAME", "auto, cpu or cuda", (request, name) => request with { Device = OneOf(name!, "auto", "cpu", "cuda") }),
        new("exclusive", null, "run the target alone; what it needs must be fresh", (request, _) => request with { Exclusive = true })
            { Aliases = ["e"] },
        new("tree", null, "show the targets as a tree", (request, _) => request with { Show = Show.Tree }),
        new("description", null, "show the targets with their descriptions", (request, _) => request with { Show = Show.Descriptions }),
        new("verbosity", "LEVEL", "quiet, minimal, normal, verbose or diagnostic", SetVerbosity) { Aliases = ["v"] },
        new("version", null, "show the version", (request, _) => request with { Show = Show.Version }),
        new("info", null, "show more about Cake", (request, _) => request with { Show = Show.Information }),
        new("help", null, "show this text", (request, _) => request with { Show = Show.Help }) { Aliases = ["h"] },
    ];

    /// <summary>Options of the design that this version does not carry out: refused by name, never ignored.</summary>
    public static readonly IReadOnlyList<string> NotAvailableYet =
        ["cache", "cache-mode", "executor", "nproc", "max-cost", "max-hours", "extend", "frozen"];

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

    private static int Count(string written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException("a whole number from 1 is allowed");

    private static string OneOf(string written, params string[] allowed) =>
        allowed.Contains(written) ? written : throw new FormatException($"{string.Join(", ", allowed[..^1])} or {allowed[^1]} is allowed");
}
