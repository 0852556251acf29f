using Tmrvc.ArtifactStore;
using Tmrvc.Build.Caches;
using Tmrvc.Build.CommandLine;

namespace Tmrvc.Build.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CacheChoiceTests
{
    private const string Signature = "sv=2024-11-04&sp=r&sig=c2VjcmV0LXNpZ25hdHVyZQ%3D%3D", Key = "c2VjcmV0LWtleQ==";

    private readonly Dictionary<string, string> _environment = [];

    [Test]
    public void Without_words_and_environment_there_is_no_cache() => Assert.That(Choose(), Is.Empty);

    [Test]
    public void The_environment_stands_in_for_the_option_and_off_turns_it_off()
    {
        _environment["TMRVC_CACHE"] = " https://team.blob.core.windows.net/cache  https://team.blob.core.windows.net/other/a ";

        Assert.That(Choose().Select(cache => cache.Name),
            Is.EqualTo(new[] { "https://team.blob.core.windows.net/cache", "https://team.blob.core.windows.net/other/a" }));
        Assert.That(Choose("off"), Is.Empty);
        Assert.That(Choose("https://own.blob.core.windows.net/own").Single().Name, Is.EqualTo("https://own.blob.core.windows.net/own"));
    }

    [Test]
    public void An_address_holds_account_container_namespace_and_signature()
    {
        var cache = Choose($"https://team.blob.core.windows.net/cache/pr/17?{Signature}").Single();

        Assert.That((cache.Container.AbsoluteUri, cache.Prefix), Is.EqualTo(("https://team.blob.core.windows.net/cache", "pr/17")));
        Assert.That(cache.Credential, Is.TypeOf<CacheCredential.SharedAccessSignature>().With.Property("Query").EqualTo(Signature));
        Assert.That($"{cache} {cache.Credential}", Does.Not.Contain("sig=").And.Not.Contain("c2Vj"));
    }

    [Test]
    public void On_this_machine_the_account_is_the_first_part_of_the_path()
    {
        var cache = Choose($"http://127.0.0.1:10000/devstoreaccount1/cache/pr?{Signature}").Single();

        Assert.That((cache.Container.AbsoluteUri, cache.Prefix), Is.EqualTo(("http://127.0.0.1:10000/devstoreaccount1/cache", "pr")));
    }

    [Test]
    public void Without_a_signature_the_environment_or_the_machine_grants_the_right()
    {
        Assert.That(Choose("https://team.blob.core.windows.net/cache").Single().Credential, Is.TypeOf<CacheCredential.OfThisMachine>());
        _environment["AZURE_STORAGE_SAS_TOKEN"] = "?" + Signature;
        Assert.That(Choose("https://team.blob.core.windows.net/cache").Single().Credential,
            Is.TypeOf<CacheCredential.SharedAccessSignature>().With.Property("Query").EqualTo(Signature));
    }

    [Test]
    public void A_container_alone_lies_in_the_account_of_the_connection_string()
    {
        _environment["AZURE_STORAGE_CONNECTION_STRING"] =
            $"DefaultEndpointsProtocol=https;AccountName=team;AccountKey={Key};EndpointSuffix=core.windows.net";

        var cache = Choose("cache/pr/17").Single();

        Assert.That(cache.Name, Is.EqualTo("https://team.blob.core.windows.net/cache/pr/17"));
        Assert.That(cache.Credential, Is.TypeOf<CacheCredential.AccountKey>().With.Property("Key").EqualTo(Key));
        Assert.That(cache.Credential.ToString(), Is.EqualTo("the key of account team"));
    }

    [TestCase("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1/cache")]
    [TestCase("BlobEndpoint=https://cdn.example.org;SharedAccessSignature=sv=1&sig=abcdefgh", "https://cdn.example.org/cache")]
    public void Other_connection_strings_are_understood(string connection, string expected)
    {
        _environment["AZURE_STORAGE_CONNECTION_STRING"] = connection;

        Assert.That(Choose("cache").Single().Name, Is.EqualTo(expected));
    }

    [TestCase("cache", "--cache=cache: a container's name needs AZURE_STORAGE_CONNECTION_STRING, which is not set; ")]
    [TestCase("/data/cache", "--cache=/data/cache: is a folder; only containers of Azure Blob Storage are caches: CONTAINER[/PREFIX], or https://")]
    [TestCase("http://team.blob.core.windows.net/cache", "--cache=http://team.blob.core.windows.net/cache: scheme 'http' found; https is allowed")]
    [TestCase("https://team.blob.core.windows.net/", "--cache=https://team.blob.core.windows.net/: container '': 3 to 63 lower-case letters")]
    [TestCase("https://team.blob.core.windows.net/Cache", "--cache=https://team.blob.core.windows.net/Cache: container 'Cache': 3 to 63")]
    [TestCase("https://team.blob.core.windows.net/cache/../x/%2e%2e", "--cache=https://team.blob.core.windows.net/cache/../x/%2e%2e: container ''")]
    [TestCase("https://team.blob.core.windows.net/cache/v1", "--cache=https://team.blob.core.windows.net/cache/v1: prefix 'v1': 'v1' found")]
    [TestCase("https://team.blob.core.windows.net/cache?sig2=secretsecret", "--cache=https://team.blob.core.windows.net/cache?…: what follows")]
    [TestCase("https://user:secretsecret@team.blob.core.windows.net/cache", "--cache=https://…@team.blob.core.windows.net/cache: not an address")]
    [TestCase("AccountName=team;AccountKey=secretsecret/a==", "--cache=…: a connection string or a signature found")]
    [TestCase("BlobEndpoint=http://127.0.0.1/team;AccountKey=secretsecret", "--cache=…: a connection string or a signature found")]
    [TestCase("sv=2024-11-04&sig=secretsecret/a", "--cache=…: a connection string or a signature found")]
    public void A_mistake_names_what_was_found_and_allowed_and_no_secret(string where, string expected)
    {
        _environment["AZURE_STORAGE_CONNECTION_STRING"] = where == "cache" ? "" : "UseDevelopmentStorage=true";
        var mistake = Assert.Throws<UsageException>(() => Choose(where))!.Mistakes.Single();

        Assert.That(mistake, Does.StartWith(expected).And.Not.Contain("secretsecret"));
    }

    [Test]
    public void All_mistakes_are_told_at_once()
    {
        string[] wrong = ["off", "https://a.blob.core.windows.net/cache", "https://a.blob.core.windows.net/cache", "ftp://a/cache"];

        Assert.That(Assert.Throws<UsageException>(() => Choose(wrong))!.Mistakes.Select(mistake => mistake.Split(": ")[1].Split(',')[0]),
            Is.EqualTo(new[] { "stands alone", "given more than once", "scheme 'ftp' found; https is allowed" }));
    }

    [Test]
    public void A_connection_string_without_a_key_is_refused_without_telling_it()
    {
        _environment["AZURE_STORAGE_CONNECTION_STRING"] = "AccountName=team;AccountKee=secretsecret";

        var mistake = Assert.Throws<UsageException>(() => Choose("cache"))!.Mistakes.Single();

        Assert.That(mistake, Is.EqualTo(
            "--cache=cache: AZURE_STORAGE_CONNECTION_STRING: holds neither AccountKey nor SharedAccessSignature; one of them is needed"));
    }

    private IReadOnlyList<CacheAddress> Choose(params string[] caches) => CacheChoice.Of(
        Request.Default with { Caches = caches.Length == 0 ? null : caches }, name => _environment.GetValueOrDefault(name));
}
