using System.Text.Encodings.Web;
using System.Text.Json;
using Tmrvc.Build.Secrecy;

namespace Tmrvc.Build.Tests;

public sealed class KnownSecretsTests
{
    /// <summary>Base64 has three letters that addresses, JSON and HTML write otherwise.</summary>
    private const string Secret = "aB+cd/Ef0123456789gh==";

    private static readonly string Signature = $"sv=2024-11-04&sp=r&sig={Uri.EscapeDataString(Secret)}&se=2027";

    private static IEnumerable<string> Spellings =>
    [
        Secret, Uri.EscapeDataString(Secret), Uri.EscapeDataString(Secret).ToLowerInvariant(), JsonSerializer.Serialize(Secret).Trim('"'),
        HtmlEncoder.Default.Encode(Secret),
    ];

    [TestCaseSource(nameof(Spellings))]
    public void A_signature_is_hidden_in_every_spelling(string spelling)
    {
        var secrets = new KnownSecrets(["--target=Push", $"--cache=https://team.blob.core.windows.net/cache?{Signature}"], _ => null);

        Assert.That(secrets.Redact($"GET /cache?sig={spelling} failed"), Is.EqualTo("GET /cache?sig=*** failed"));
    }

    [TestCase("AZURE_STORAGE_CONNECTION_STRING", "AccountName=team;AccountKey={0};EndpointSuffix=core.windows.net")]
    [TestCase("AZURE_STORAGE_CONNECTION_STRING", "BlobEndpoint=https://x;SharedAccessSignature=sv=1&sig={0}")]
    [TestCase("AZURE_STORAGE_SAS_TOKEN", "?sv=1&sig={0}")]
    [TestCase("TMRVC_CACHE", "https://a.blob.core.windows.net/b?sig={0} https://c.blob.core.windows.net/d")]
    [TestCase("AZURE_CLIENT_SECRET", "{0}")]
    public void What_the_environment_grants_is_hidden(string name, string value)
    {
        var secrets = new KnownSecrets([], asked => asked == name ? string.Format(value, Secret) : null);

        Assert.That(secrets.Redact($"key {Secret}, account team, 2024-11-04"), Is.EqualTo("key ***, account team, 2024-11-04"));
    }

    [Test]
    public void Without_credentials_there_is_nothing_to_hide()
    {
        var secrets = new KnownSecrets(["--set=phases.0.lr=4e-5", "--cache=https://team.blob.core.windows.net/cache"], _ => null);

        Assert.That(secrets.IsEmpty);
        Assert.That(RedactingWriter.Around(TextWriter.Null, secrets), Is.SameAs(TextWriter.Null));
    }

    [Test]
    public void A_secret_that_is_written_piece_by_piece_is_hidden_too()
    {
        var output = new StringWriter();
        var writer = RedactingWriter.Around(output, new KnownSecrets([$"--cache=https://a.blob.core.windows.net/b?{Signature}"], _ => null));

        writer.Write("a line\nsig=");
        foreach (var letter in Secret)
            writer.Write(letter);
        writer.WriteLine(" is it");
        writer.Write("the end");
        writer.Flush();

        Assert.That(output.ToString(), Is.EqualTo("a line\nsig=*** is it\nthe end"));
    }
}
