using System.Text.RegularExpressions;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Reads where a shared store lies: <c>https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS]</c>, or
/// <c>CONTAINER[/PREFIX]</c> in the account of AZURE_STORAGE_CONNECTION_STRING. Nothing is asked over the network.
/// </summary>
/// <param name="variable">Value of an environment variable; null when it is not set.</param>
public sealed partial class CacheAddressParser(Func<string, string?> variable)
{
    public const string ConnectionStringVariable = "AZURE_STORAGE_CONNECTION_STRING", SasVariable = "AZURE_STORAGE_SAS_TOKEN";

    /// <exception cref="FormatException">Says what is wrong and what is allowed; holds no secret.</exception>
    public CacheAddress Parse(string where) => IsCredential(where)
        ? throw new FormatException(
            $"a connection string or a signature found; the first belongs in {ConnectionStringVariable}, the second in {SasVariable} or after "
            + "the question mark of an address, and here a container's name or address is allowed")
        : where.Contains("://", StringComparison.Ordinal) ? ParseUrl(where) : ParseName(where);

    /// <summary>The text as it may be shown: a query may hold a signature, what stands before an @ a password, and a connection string a key.</summary>
    public static string Shown(string where) => IsCredential(where) ? "…" : UserInformation().Replace(
        Place(where) is var place && place.Length < where.Length ? place + "?…" : where, "://…@");

    private static string Place(string where) => where.Split('?', 2)[0];

    private static bool IsCredential(string where) => Place(where).AsSpan().ContainsAny('=', ';');

    private CacheAddress ParseUrl(string where)
    {
        if (!Uri.TryCreate(where, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            throw new FormatException("not an address; https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS] is allowed");
        RequireSafe(url);
        var path = Uri.UnescapeDataString(url.AbsolutePath).Trim('/').Split('/');
        var accountLength = url.IsLoopback ? 1 : 0;
        var account = string.Concat(path[..Math.Min(accountLength, path.Length)].Select(name => $"/{name}"));
        return Compose(new Uri(url.GetLeftPart(UriPartial.Authority) + account), path[Math.Min(accountLength, path.Length)..], Credential(url.Query));
    }

    private CacheAddress ParseName(string where)
    {
        if (where.IndexOfAny(['/', '.', '~']) == 0)
            throw new FormatException("is a folder; only containers of Azure Blob Storage are caches: CONTAINER[/PREFIX], or https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS]");
        var connection = variable(ConnectionStringVariable) is { Length: > 0 } text
            ? ConnectionString.Parse(text)
            : throw new FormatException(
                $"a container's name needs {ConnectionStringVariable}, which is not set; an address "
                + "https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX][?SAS] is allowed too");
        RequireSafe(connection.Endpoint);
        return Compose(connection.Endpoint, where.Trim('/').Split('/'), connection.Credential);
    }

    private static CacheAddress Compose(Uri account, string[] path, CacheCredential credential)
    {
        var (container, prefix) = (path.FirstOrDefault() ?? "", path[Math.Min(1, path.Length)..]);
        if (!ContainerName().IsMatch(container))
            throw new FormatException(
                $"container '{container}': 3 to 63 lower-case letters, digits and single hyphens are allowed, a letter or digit at both ends");
        if (prefix.FirstOrDefault(part => !PrefixPart().IsMatch(part) || part is "v1") is { } strange)
            throw new FormatException(
                $"prefix '{string.Join('/', prefix)}': '{strange}' found; letters, digits, '-', '_' and '.' are allowed between slashes, "
                + "a letter or digit first, and not v1");
        return new CacheAddress(new Uri($"{account.AbsoluteUri.TrimEnd('/')}/{container}"), string.Join('/', prefix), credential);
    }

    /// <summary>A credential never travels in the clear.</summary>
    private static void RequireSafe(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            throw new FormatException($"scheme '{url.Scheme}' found; https is allowed, and http for this machine alone");
    }

    private CacheCredential Credential(string query)
    {
        var text = query.TrimStart('?');
        if (text.Length == 0)
            return variable(SasVariable) is { Length: > 0 } token
                ? Signature(token.TrimStart('?'), SasVariable)
                : new CacheCredential.OfThisMachine();
        return Signature(text, "what follows the question mark");
    }

    private static CacheCredential.SharedAccessSignature Signature(string query, string source) =>
        query.Split('&').Any(part => part.StartsWith("sig=", StringComparison.Ordinal))
            ? new CacheCredential.SharedAccessSignature(query)
            : throw new FormatException($"{source} is no shared access signature: it holds no sig=");

    [GeneratedRegex("^[a-z0-9](?:-?[a-z0-9]){2,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixPart();

    [GeneratedRegex("://[^/@]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInformation();
}
