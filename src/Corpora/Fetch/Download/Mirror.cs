namespace Tmrvc.Corpora;

/// <summary>Addresses that files can be had from.</summary>
internal static class Mirror
{
    internal static bool IsUsable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.IsFile || url.Scheme is "http" or "https");

    /// <summary>Every address of a file, in the order in which they are tried.</summary>
    internal static IReadOnlyList<Uri> Of(RemoteFile file, DownloadSettings settings) =>
        [.. file.Urls.Concat(settings.Mirrors.Select(folder => folder.TrimEnd('/') + "/" + file.Name)).Select(url => new Uri(url))];
}
