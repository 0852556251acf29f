namespace Tmrvc.Benchmarks;

internal static class RepositoryRoot
{
    /// <summary>The nearest folder above the program that holds the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Tmrvc.slnx")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory}: no Tmrvc.slnx above; run the benchmarks from a checkout.");
    }
}
