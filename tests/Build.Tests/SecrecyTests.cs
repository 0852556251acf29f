using System.Security.Cryptography;
using Azure.Storage.Sas;
using Tmrvc.Azurite;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

/// <summary>Real credentials, real refusals: nothing that the process leaves behind holds one.</summary>
public sealed class SecrecyTests
{
    private AzuriteServer _server = null!;
    private SmallCheckout _checkout = null!;
    private string _container = null!;
    private string _address = null!;

    [OneTimeSetUp]
    public async Task Begin()
    {
        _server = await AzuriteServer.Shared;
        var container = await _server.CreateContainerAsync();
        (_container, _address) = (container.Name, container.Uri.GetLeftPart(UriPartial.Path));
        _checkout = new SmallCheckout();
        await _checkout.MakeAsync(1);
    }

    [OneTimeTearDown]
    public void End() => _checkout.Dispose();

    private static string SignatureIn(string sas) => sas.Split('&').Single(part => part.StartsWith("sig=", StringComparison.Ordinal))["sig=".Length..];

    private void ExpectNothingOf(string secret, FrontDoorRun run)
    {
        var texts = _checkout.ArtifactTexts().Append(run.Everything).ToArray();
        foreach (var spelling in new[] { secret, Uri.UnescapeDataString(secret), Uri.EscapeDataString(secret) })
            Assert.That(texts.Where(text => text.Contains(spelling, StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [Test]
    public void A_key_that_is_refused_stays_secret_even_in_the_stack_traces_of_diagnostics()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var environment = new Dictionary<string, string>
        {
            ["AZURE_STORAGE_CONNECTION_STRING"] = $"AccountName={AzuriteServer.Account};AccountKey={key};BlobEndpoint={_address[.._address.LastIndexOf('/')]}",
        };

        var run = FrontDoorRun.Of(_checkout.Root, environment, "--target=Push", $"--cache={_container}", "--verbosity=diagnostic");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Failed), run.Everything);
        Assert.That(run.Everything, Does.Contain("not permitted (403"));
        ExpectNothingOf(key, run);
    }

    [Test]
    public void A_signature_that_has_expired_stays_secret()
    {
        var sas = _server.Sas(_container, BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(-1));

        var run = _checkout.Run("--target=Push", $"--cache={_address}?{sas}", "--verbosity=diagnostic");

        Assert.That((run.Code, run.Everything), Is.EqualTo((ExitCode.Failed, run.Everything)));
        Assert.That(run.Everything, Does.Contain("403"));
        ExpectNothingOf(SignatureIn(sas), run);
    }

    [Test]
    public void A_signature_that_is_used_is_left_in_no_record_log_or_marker()
    {
        var sas = _server.WriteSas(_container);

        var run = _checkout.Run("--target=Push", $"--cache={_address}?{sas}", "--verbosity=diagnostic");

        Assert.That(run.Code, Is.Zero, run.Everything);
        ExpectNothingOf(SignatureIn(sas), run);
    }

    [Test]
    public void A_mistyped_option_does_not_tell_its_value()
    {
        var sas = _server.WriteSas(_container);

        var run = _checkout.Run($"--cahce={_address}?{sas}", "--cache", "off", $"{_address}?{sas}", $"--cache-mode={_address}?{sas}");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Errors, Has.Length.EqualTo(3));
        ExpectNothingOf(SignatureIn(sas), run);
    }
}
