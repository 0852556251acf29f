using Tmrvc.Build.Secrecy;

namespace Tmrvc.Build;

/// <summary>Where the front door works.</summary>
/// <param name="Root">Absolute path of the checkout.</param>
/// <param name="PackageSet">feed or official; see docs/architecture.md.</param>
/// <param name="Start">The folder the user called from; relative paths on the command line begin here.</param>
/// <param name="Output">Lets no secret through; so does <paramref name="Errors"/>.</param>
public sealed record Workplace(string Root, string PackageSet, string Start, TextWriter Output, TextWriter Errors, TimeProvider Clock)
{
    public required KnownSecrets Secrets { get; init; }

    /// <summary>Value of an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>From TMRVC_ROOT and TMRVC_PACKAGE_SET, which build.sh sets; else the checkout around the program.</summary>
    /// <exception cref="UsageException">The program lies in no checkout and TMRVC_ROOT is not set.</exception>
    public static Workplace OfThisProcess(KnownSecrets secrets) => new(
        Environment.GetEnvironmentVariable("TMRVC_ROOT") ?? RootAround(AppContext.BaseDirectory),
        Environment.GetEnvironmentVariable("TMRVC_PACKAGE_SET") ?? "feed",
        Environment.CurrentDirectory,
        Console.Out,
        Console.Error,
        TimeProvider.System)
    {
        Secrets = secrets,
        Variable = Environment.GetEnvironmentVariable,
    };

    private static string RootAround(string folder)
    {
        for (var candidate = folder; candidate is not null; candidate = Path.GetDirectoryName(candidate))
            if (File.Exists(Path.Combine(candidate, "Tmrvc.slnx")))
                return candidate;
        throw new UsageException($"TMRVC_ROOT: not set, and no Tmrvc.slnx in or above {folder}; call build.sh.");
    }
}
