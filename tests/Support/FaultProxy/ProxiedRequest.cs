namespace Tmrvc.FaultProxy;

/// <param name="Path">Without the account and the query.</param>
/// <param name="Operation">The query's comp and restype: "block", "metadata", "container list"; empty for a whole blob.</param>
/// <param name="Occurrence">How many requests of the same method, path and operation came before.</param>
public sealed record ProxiedRequest(string Method, string Path, string Operation, int Occurrence, int BodyLength)
{
    /// <summary>Method, operation and the first folder within the container: "GET packs", "PUT block objects", "GET container list".</summary>
    public string Kind => string.Join(' ', new[] { Method, Operation, FolderOf(Path) }.Where(word => word.Length > 0));

    public override string ToString() => string.Join(' ', new[] { Method, Operation, Path }.Where(word => word.Length > 0));

    private static string FolderOf(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 2 ? parts[^2] : "";
    }
}
