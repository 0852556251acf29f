using Tmrvc.ArtifactStore;

namespace Tmrvc.Corpora;

/// <summary>Hands a checked file on as an output, without a copy where the file system allows.</summary>
internal static class PlacedOutput
{
    /// <summary>
    /// The file becomes read-only and is shared with the store. One that another user owns, and one that a link points to, are copied.
    /// </summary>
    internal static void Place(string file, string output)
    {
        if (File.ResolveLinkTarget(file, returnFinalTarget: true) is null && TrySeal(file))
            HardLink.TryCreate(file, output);
        else
            File.Copy(file, output);
    }

    private static bool TrySeal(string file)
    {
        try
        {
            Seal.Set(file);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
