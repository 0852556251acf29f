using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>A folder of a Debian package.</summary>
public sealed record PackageFolderSettings : IValidated
{
    public DebianPackage Package { get; init; } = new();

    /// <summary>Such as <c>usr/share/pocketsphinx/model/en-us/en-us</c>.</summary>
    public string Folder { get; init; } = "";

    public TransferSettings Transfer { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Folder.Length == 0 || Folder.Split('/').Any(part => part is "" or "." or ".."))
            yield return ("folder", $"found '{Folder}', a path within the package such as usr/share/name is allowed");
    }
}
