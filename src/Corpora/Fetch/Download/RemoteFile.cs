using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>One file to be had from elsewhere: an archive of a corpus, a model.</summary>
public sealed record RemoteFile : IValidated
{
    /// <summary>What the file is called here, and on the mirrors.</summary>
    public string Name { get; init; } = "";

    /// <summary>Addresses of its own, tried before <see cref="DownloadSettings.Mirrors"/>: https, http or file.</summary>
    [RuntimeOnly]
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Where a person finds the file, when that is not the page of the licence.</summary>
    [Cosmetic]
    public string Page { get; init; } = "";

    /// <summary>Exact length; 0 where it is not published.</summary>
    public long Bytes { get; init; }

    /// <summary>64 lower-case hexadecimal digits; empty where none is published.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>32 lower-case hexadecimal digits; empty where none is published.</summary>
    public string Md5 { get; init; } = "";

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Name.Length is 0 or > 100 || Name[0] == '.' || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            yield return ("name", $"found '{Name}', up to 100 letters, digits, '.', '-' and '_' are allowed");
        foreach (var url in Urls.Where(url => !Mirror.IsUsable(url)))
            yield return ("urls", $"found '{url}', an address that begins with https://, http:// or file:/// is allowed");
        if (Bytes < 0)
            yield return ("bytes", $"found {Bytes}, 0 (unknown) and above are allowed");
        if (!IsDigest(Sha256, 64))
            yield return ("sha256", $"found '{Sha256}', 64 lower-case hexadecimal digits are allowed");
        if (!IsDigest(Md5, 32))
            yield return ("md5", $"found '{Md5}', 32 lower-case hexadecimal digits are allowed");
    }

    private static bool IsDigest(string text, int digits) =>
        text.Length == 0 || (text.Length == digits && text.All(char.IsAsciiHexDigitLower));
}
