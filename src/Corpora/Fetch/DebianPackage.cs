using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>One pinned package of the Debian archive.</summary>
public sealed record DebianPackage : IValidated
{
    public string Name { get; init; } = "";

    /// <summary>Full version, such as <c>1.6.1-1</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the .deb, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The name under which apt-get leaves the file.</summary>
    internal string FileName => $"{Name}_{Version.Replace(":", "%3a")}_all.deb";

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Name.Length == 0 || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '+' or '.'))
            yield return ("name", $"found '{Name}', a package name of lower-case letters, digits, '-', '+' and '.' is allowed");
        if (Version.Length == 0 || !Version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or ':' or '~'))
            yield return ("version", $"found '{Version}', a Debian version such as 1.6.1-1 is allowed");
        if (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigitLower))
            yield return ("sha256", $"found '{Sha256}', 64 lower-case hexadecimal digits are allowed");
    }
}
