using Tmrvc.Build.CommandLine;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Executors;

/// <summary>The front door as the program of ranks.</summary>
internal static class RankPrograms
{
    /// <summary>The processes work by the YAML files as they are now.</summary>
    /// <returns>Null when nothing is to be trained by several processes.</returns>
    public static RankProgram? Of(Request request, Workplace workplace)
    {
        if (request.Processes is null or 1 || request.RankOrder is not null) return null;
        var files = workplace.Configurations.Files(request.Profile, workplace.Start);
        return new RankProgram([Environment.ProcessPath!])
        {
            Variables = folder => new Dictionary<string, string>
            {
                [Workplace.RootVariable] = workplace.Root,
                [Workplace.PackageSetVariable] = workplace.PackageSet,
                [Workplace.ConfigurationVariable] = FrozenConfiguration.Keep(files, folder),
            },
            Arguments = (stage, order) => [$"--target={stage}", $"--rank={order}", "--cache=off", .. RequestWords.OfSettings(request)],
        };
    }
}
