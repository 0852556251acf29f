namespace Tmrvc.Reporting;

/// <summary>The files that users take away.</summary>
/// <param name="Folder">Relative to the project's root, with slashes.</param>
/// <param name="Link">The folder's address relative to the page; empty where none leads there.</param>
/// <param name="Files">Ordinal order of their names.</param>
public sealed record DeliveredFiles(string Folder, string Link, IReadOnlyList<DeliveredFile> Files)
{
    /// <summary>Why the profile does not convert by these; empty where it does.</summary>
    public string Aside { get; init; } = "";

    /// <param name="root">Of the project.</param>
    /// <param name="folder">May be a link.</param>
    /// <param name="page">The report's path.</param>
    /// <returns>Null when there is no such folder.</returns>
    public static DeliveredFiles? In(string root, string folder, string page)
    {
        if (!Directory.Exists(folder))
            return null;
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => new DeliveredFile(Slashes(Path.GetRelativePath(folder, file.FullName)), file.Length));
        return new DeliveredFiles(
            Slashes(Path.GetRelativePath(root, folder)),
            Slashes(Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, folder)),
            [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)]);
    }

    private static string Slashes(string path) => path.Replace(Path.DirectorySeparatorChar, '/');
}

/// <param name="Name">Relative to the folder, with slashes.</param>
public sealed record DeliveredFile(string Name, long Bytes);
