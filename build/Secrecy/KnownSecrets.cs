using System.Text.RegularExpressions;

namespace Tmrvc.Build.Secrecy;

/// <summary>
/// The credentials this process was given, in words and in its environment, so that no text that leaves it holds one. A second net:
/// texts are to be built without them in the first place.
/// </summary>
public sealed partial class KnownSecrets
{
    public const string Replacement = "***";

    /// <summary>What is shorter is no secret, and would be found in innocent words.</summary>
    private const int ShortestLength = 6;

    /// <summary>Variables whose whole value is a secret.</summary>
    private static readonly string[] SecretVariables =
    [
        "AZURE_STORAGE_KEY", "AZURE_CLIENT_SECRET", "AZURE_PASSWORD", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "IDENTITY_HEADER", "MSI_SECRET",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN", "GITHUB_TOKEN", "GH_TOKEN",
    ];

    /// <summary>Variables that hold a secret among other things.</summary>
    private static readonly string[] TellingVariables = ["TMRVC_CACHE", "AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGE_SAS_TOKEN"];

    private readonly string[] _spellings;

    /// <param name="words">The command line.</param>
    /// <param name="variable">Value of an environment variable; null when it is not set.</param>
    public KnownSecrets(IEnumerable<string> words, Func<string, string?> variable)
    {
        var telling = words.Concat(TellingVariables.Select(name => variable(name) ?? ""));
        _spellings =
        [
            .. telling.SelectMany(Within)
                .Concat(SecretVariables.Select(name => variable(name) ?? ""))
                .SelectMany(Spellings)
                .Where(text => text.Length >= ShortestLength)
                .Distinct()
                .OrderByDescending(text => text.Length),
        ];
    }

    public bool IsEmpty => _spellings.Length == 0;

    /// <summary>The text with every secret, however it is escaped, replaced by asterisks.</summary>
    public string Redact(string text)
    {
        foreach (var spelling in _spellings)
            if (text.Contains(spelling, StringComparison.OrdinalIgnoreCase))
                text = text.Replace(spelling, Replacement, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    private static IEnumerable<string> Within(string text) => !text.Contains('=') && !text.Contains('@') ? [] : SecretPart().Matches(text).Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value);

    /// <summary>As given, and as it reads in an address, in JSON and in HTML.</summary>
    private static IEnumerable<string> Spellings(string secret)
    {
        var plain = Uri.UnescapeDataString(secret);
        return new[] { secret, plain }.SelectMany(text => new[]
        {
            text,
            Uri.EscapeDataString(text),
            System.Text.Json.JsonEncodedText.Encode(text).Value,
            System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text),
        });
    }

    // A signature in a query, a key in a connection string, a password before the @ of an address.
    [GeneratedRegex(@"(?:(?:^|[?&;=\s""'])sig=([^&;\s""']+)|AccountKey=([^;\s]+)|://[^/@\s]*:([^/@\s]+)@)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretPart();
}
