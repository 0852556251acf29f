namespace Tmrvc.ArtifactStore;

/// <summary>Where a shared store lies and by what right it is used. Its text holds no secret.</summary>
/// <param name="Container">The container's address, without query.</param>
/// <param name="Prefix">The namespace within it, such as <c>pr/17</c>; empty for none.</param>
public sealed record CacheAddress(Uri Container, string Prefix, CacheCredential Credential)
{
    /// <summary>For people.</summary>
    public string Name => Prefix.Length == 0 ? Container.AbsoluteUri : $"{Container.AbsoluteUri}/{Prefix}";

    public override string ToString() => Name;
}

/// <summary>The right to use a container. A closed set; the text of none of them holds a secret.</summary>
public abstract class CacheCredential
{
    private CacheCredential() { }

    /// <summary>What this machine or its user is logged in as: <c>DefaultAzureCredential</c>.</summary>
    public sealed class OfThisMachine : CacheCredential
    {
        public override string ToString() => "the identity of this machine or user";
    }

    /// <param name="query">Without the question mark.</param>
    public sealed class SharedAccessSignature(string query) : CacheCredential
    {
        public string Query { get; } = query;

        public override string ToString() => "a shared access signature";
    }

    /// <param name="key">Base64.</param>
    public sealed class AccountKey(string account, string key) : CacheCredential
    {
        public string Account { get; } = account;

        public string Key { get; } = key;

        public override string ToString() => $"the key of account {Account}";
    }
}
