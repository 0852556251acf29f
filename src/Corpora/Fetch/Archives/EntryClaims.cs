namespace Tmrvc.Corpora;

/// <summary>
/// Gives every path to one entry. Paths that differ in nothing but case would be one file on some systems, so they clash. Safe for
/// several threads.
/// </summary>
internal sealed class EntryClaims
{
    private readonly Dictionary<string, Claim> _claims = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="Archive">Null for a folder.</param>
    private readonly record struct Claim(string Spelling, string? Archive);

    /// <returns>False when another archive has the same file: the two must be equal.</returns>
    /// <exception cref="ArchiveException">The path is taken.</exception>
    internal bool TryClaim(ArchiveEntry entry, string path)
    {
        lock (_claims)
        {
            ClaimFolders(entry, path);
            if (_claims.TryAdd(path, new Claim(path, entry.Archive)))
                return true;
            var other = _claims[path];
            if (other.Archive is null)
                throw entry.Refused("is a file where another entry has a folder");
            if (other.Spelling != path)
                throw entry.Refused($"differs only in case from entry '{other.Spelling}'");
            return other.Archive != entry.Archive ? false : throw entry.Refused("occurs twice");
        }
    }

    private void ClaimFolders(ArchiveEntry entry, string path)
    {
        for (var slash = path.LastIndexOf('/'); slash >= 0; slash = path.LastIndexOf('/', slash - 1))
        {
            var folder = path[..slash];
            if (_claims.TryAdd(folder, new Claim(folder, null)))
                continue;
            var other = _claims[folder];
            if (other.Archive is not null)
                throw entry.Refused($"lies below entry '{other.Spelling}', which is a file");
            if (other.Spelling != folder)
                throw entry.Refused($"differs only in case from folder '{other.Spelling}'");
            return;
        }
    }
}
