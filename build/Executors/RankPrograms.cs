using Tmrvc.Build.CommandLine;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Executors;

/// <summary>The front door as the program of ranks.</summary>
internal static class RankPrograms
{
    private static string Written(IReadOnlyList<(string Name, string Text)> files, string folder)
    {
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }
        return folder;
    }

    private static string[] Program => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, typeof(RankPrograms).Assembly.Location]
        : [Environment.ProcessPath!];

    /// <summary>The processes work by the YAML files as they are now.</summary>
    /// <returns>Null within a rank.</returns>
    public static RankProgram? Of(Request request, Workplace workplace)
    {
        if (request.RankOrder is not null) return null;
        var files = workplace.Configurations.Files(request.Profile, workplace.Start);
        return new RankProgram(Program)
        {
            Variables = folder => new Dictionary<string, string>
            {
                [Workplace.RootVariable] = workplace.Root,
                [Workplace.PackageSetVariable] = workplace.PackageSet,
                [Workplace.ConfigurationVariable] = Written(files, folder),
            },
            Arguments = (stage, order) => [$"--target={stage}", $"--rank={order}", "--cache=off", .. RequestWords.OfSettings(request)],
        };
    }
}
