using System.Globalization;
using Tmrvc.Build.CommandLine;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Executors;

/// <summary>What of a request decides how stages are, over again for a process that runs some of them.</summary>
internal static class RequestWords
{
    public static IEnumerable<string> OfSettings(Request request) =>
    [
        $"--profile={Path.GetFileNameWithoutExtension(request.Profile)}",
        .. request.Overrides.Select(change => $"--set={change}"),
        .. request.Steps is { } steps ? [$"--steps={string.Join(',', steps.Select(step => SnakeCase.Of(step.ToString())))}"] : Array.Empty<string>(),
        .. request.Workers is { } workers ? [string.Create(CultureInfo.InvariantCulture, $"--workers={workers}")] : Array.Empty<string>(),
        .. request.Device is { } device ? [$"--device={device}"] : Array.Empty<string>(),
        .. request.Processes is { } processes ? [string.Create(CultureInfo.InvariantCulture, $"--nproc={processes}")] : Array.Empty<string>(),
    ];
}
