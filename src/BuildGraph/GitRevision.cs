namespace Tmrvc.BuildGraph;

/// <summary>Reads the commit of a checkout from its files, without starting git.</summary>
internal static class GitRevision
{
    /// <returns>Null outside a checkout.</returns>
    public static string? Of(string root)
    {
        var folder = Path.Combine(root, ".git");
        if (File.Exists(folder) && First(folder) is { } pointer && pointer.StartsWith("gitdir: ", StringComparison.Ordinal))
            folder = Path.GetFullPath(pointer["gitdir: ".Length..], root);
        var head = First(Path.Combine(folder, "HEAD"));
        if (head is null || !head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var reference = head["ref: ".Length..];
        var shared = First(Path.Combine(folder, "commondir")) is { } common ? Path.GetFullPath(common, folder) : folder;
        return First(Path.Combine(shared, reference)) ?? Packed(Path.Combine(shared, "packed-refs"), reference);
    }

    private static string? Packed(string file, string reference) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.EndsWith(' ' + reference))?.Split(' ')[0]
        : null;

    private static string? First(string file) => File.Exists(file) ? File.ReadLines(file).FirstOrDefault() : null;
}
