using System.Text.RegularExpressions;
using Tmrvc.Configuration;

namespace Tmrvc.Slurm;

/// <summary>What the jobs of a resource class ask Slurm for; what is null is left to the cluster.</summary>
public sealed partial record JobClass : IValidated
{
    public string? Partition { get; init; }

    public string? Account { get; init; }

    public string? Qos { get; init; }

    /// <summary>Such as <c>gpu:1</c>.</summary>
    public string? Gres { get; init; }

    /// <summary>The time limit as sbatch reads it: <c>90</c> (minutes), <c>12:00:00</c>, <c>1-12:00:00</c>.</summary>
    public string? Time { get; init; }

    /// <summary>Cores of the job.</summary>
    public int? Cpus { get; init; }

    /// <summary>As sbatch reads it, such as <c>32G</c>.</summary>
    public string? Memory { get; init; }

    /// <summary>Further options of sbatch, such as <c>--constraint=a100</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    private static readonly string[] Denied = ["--array", "-a", "--clusters", "-M", "--wait", "-W", "--wrap", "--test-only"];

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Time is not null && !TimeLimit().IsMatch(Time))
            yield return ("time", $"found {Time}; minutes, hours:minutes:seconds or days-hours:minutes:seconds is allowed");
        if (Cpus < 1)
            yield return ("cpus", $"found {Cpus}; 1 or more is allowed");
        foreach (var option in Options.Where(option => !option.StartsWith('-')))
            yield return ("options", $"found '{option}'; an option of sbatch in one word is allowed, such as --constraint=a100");
        foreach (var option in Options.Where(option => Denied.Contains(option.Split('=')[0]) || Denied.Any(denied => denied.Length == 2 && option.StartsWith(denied, StringComparison.Ordinal))))
            yield return ("options", $"found '{option}'; a stage is one job of this cluster, which is not waited for here: all but {string.Join(", ", Denied)} is allowed");
    }

    internal IEnumerable<string> Words() =>
    [
        .. Word("partition", Partition),
        .. Word("account", Account),
        .. Word("qos", Qos),
        .. Word("gres", Gres),
        .. Word("time", Time),
        .. Word("cpus-per-task", Cpus?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        .. Word("mem", Memory),
        .. Options,
    ];

    private static string[] Word(string name, string? value) => value is null ? [] : [$"--{name}={value}"];

    [GeneratedRegex(@"^(\d+|\d+:\d\d(:\d\d)?|\d+-\d+(:\d\d(:\d\d)?)?)$")]
    private static partial Regex TimeLimit();
}
