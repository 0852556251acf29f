using Tmrvc.Build.Progress;
using Tmrvc.Build.Secrecy;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>Where the front door works.</summary>
/// <param name="Root">Absolute path of the checkout.</param>
/// <param name="PackageSet">feed or official; see docs/architecture.md.</param>
/// <param name="Start">The folder the user called from; relative paths on the command line begin here.</param>
/// <param name="Output">Lets no secret through; so does <paramref name="Errors"/>.</param>
public sealed record Workplace(string Root, string PackageSet, string Start, TextWriter Output, TextWriter Errors, TimeProvider Clock)
{
    public const string RootVariable = "TMRVC_ROOT";

    public const string PackageSetVariable = "TMRVC_PACKAGE_SET";

    /// <summary>Names the folder that is read in place of configs/; set for jobs.</summary>
    public const string ConfigurationVariable = "TMRVC_CONFIGS";

    /// <summary>Where progress is shown in place; null for plain lines.</summary>
    public TerminalScreen? Screen { get; init; }

    public required KnownSecrets Secrets { get; init; }

    /// <summary>Value of an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>What the device <c>auto</c> is here.</summary>
    public required Func<DeviceChoice> FindDevice { get; init; }

    /// <summary>The YAML files that settings are read from.</summary>
    public ConfigurationFiles Configurations => new(Root, Variable(ConfigurationVariable) ?? "configs");

    /// <summary>From TMRVC_ROOT and TMRVC_PACKAGE_SET, which build.sh sets; else the checkout around the program.</summary>
    /// <exception cref="UsageException">The program lies in no checkout and TMRVC_ROOT is not set.</exception>
    public static Workplace OfThisProcess(KnownSecrets secrets)
    {
        var screen = TerminalScreen.OfThisProcess(Environment.GetEnvironmentVariable);
        return new Workplace(
            Environment.GetEnvironmentVariable(RootVariable) ?? RootAround(AppContext.BaseDirectory),
            Environment.GetEnvironmentVariable(PackageSetVariable) ?? "feed",
            Environment.CurrentDirectory,
            screen is null ? Console.Out : new ScreenWriter(screen, Console.Out),
            screen is null || Console.IsErrorRedirected ? Console.Error : new ScreenWriter(screen, Console.Error),
            TimeProvider.System)
        {
            Screen = screen,
            Secrets = secrets,
            Variable = Environment.GetEnvironmentVariable,
            FindDevice = () => ComputeDevice.Find(Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")),
        };
    }

    private static string RootAround(string folder)
    {
        for (var candidate = folder; candidate is not null; candidate = Path.GetDirectoryName(candidate))
            if (File.Exists(Path.Combine(candidate, "Tmrvc.slnx")))
                return candidate;
        throw new UsageException($"TMRVC_ROOT: not set, and no Tmrvc.slnx in or above {folder}; call build.sh.");
    }
}
