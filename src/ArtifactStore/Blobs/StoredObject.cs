namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Content that a set names, whatever its paths.</summary>
internal readonly record struct StoredObject(ContentHash Hash, long Size)
{
    /// <summary>Those that travel alone and those that travel together, both in order. Where none travels alone, nothing is copied.</summary>
    public static (StoredObject[] Large, StoredObject[] Small) Part(StoredObject[] contents, Predicate<StoredObject> isLarge)
    {
        var large = Array.FindAll(contents, isLarge);
        if (large.Length == 0)
            return (large, contents);
        var (small, count) = (new StoredObject[contents.Length - large.Length], 0);
        foreach (var content in contents)
            if (!isLarge(content))
                small[count++] = content;
        return (large, small);
    }
}
