namespace Tmrvc.Build;

/// <summary>What is wrong with the folder that everything is in.</summary>
internal static class PlaceMistakes
{
    public static IEnumerable<string> Of(Workplace workplace)
    {
        if (!Directory.Exists(workplace.Root))
            yield return $"{Workplace.RootVariable}={workplace.Root}: there is no such folder; it is the checkout. Unset it and call build.sh.";
        if (File.Exists(Path.Combine(workplace.Root, "artifacts")))
            yield return "artifacts: is a file; a folder is needed. Move the file away: the run creates the folder.";
    }
}
