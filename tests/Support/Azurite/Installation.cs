namespace Tmrvc.Azurite;

/// <summary>Where build/bootstrap/npm-tree.sh puts Azurite.</summary>
internal static class Installation
{
    private const string Place = ".build/npm/azurite/node_modules/azurite/dist/src/blob/main.js";

    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Script
    {
        get
        {
            var script = Path.Combine(RootAround(AppContext.BaseDirectory), Place);
            return File.Exists(script)
                ? script
                : throw new InvalidOperationException($"{script} is missing: run build/bootstrap/npm-tree.sh azurite, or ./build.sh --target=Test, which does.");
        }
    }

    private static string RootAround(string folder) =>
        File.Exists(Path.Combine(folder, "Tmrvc.slnx")) ? folder : RootAround(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
