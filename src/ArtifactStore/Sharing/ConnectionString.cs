namespace Tmrvc.ArtifactStore;

/// <summary>The parts of an Azure Storage connection string that lead to blobs.</summary>
internal sealed record ConnectionString(Uri Endpoint, CacheCredential Credential)
{
    private const string Subject = CacheAddressParser.ConnectionStringVariable;

    /// <summary>The account that every copy of the emulator has, with its published key.</summary>
    private const string Emulator =
        "AccountName=devstoreaccount1;BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">Something is missing; no value of the string is told.</exception>
    public static ConnectionString Parse(string text)
    {
        var parts = Parts(text);
        return parts.GetValueOrDefault("UseDevelopmentStorage") == "true" ? Parse(Emulator) : new(Address(parts), Right(parts));
    }

    private static Dictionary<string, string> Parts(string text) => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(part => part.Length == 2)
        .GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(part => part.Key, part => part.Last()[1], StringComparer.OrdinalIgnoreCase);

    private static Uri Address(Dictionary<string, string> parts)
    {
        if (parts.TryGetValue("BlobEndpoint", out var endpoint))
            return Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Query.Length == 0
                ? url
                : throw new FormatException($"{Subject}: its BlobEndpoint is no address");
        var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        return new Uri($"{protocol}://{Account(parts)}.blob.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}");
    }

    private static CacheCredential Right(Dictionary<string, string> parts) => parts switch
    {
        _ when parts.TryGetValue("SharedAccessSignature", out var signature) =>
            new CacheCredential.SharedAccessSignature(signature.TrimStart('?')),
        _ when parts.TryGetValue("AccountKey", out var key) => new CacheCredential.AccountKey(Account(parts), key),
        _ => throw new FormatException($"{Subject}: holds neither AccountKey nor SharedAccessSignature; one of them is needed"),
    };

    private static string Account(Dictionary<string, string> parts) => parts.TryGetValue("AccountName", out var name) && name.All(char.IsAsciiLetterOrDigit)
        ? name
        : throw new FormatException($"{Subject}: its AccountName is missing or malformed");

    public override string ToString() => $"{Endpoint}, {Credential}";
}
