using System.Diagnostics;
using Azure;
using Azure.Storage.Blobs;
using Tmrvc.Azurite;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>That the server the other tests stand on does what they take for granted.</summary>
public sealed class AzuriteServerTests
{
    [Test]
    public async Task What_was_written_is_there_after_a_restart_at_the_same_address()
    {
        await using var server = await AzuriteServer.StartAsync();
        var address = server.Address;
        var container = await server.CreateContainerAsync();
        await container.UploadBlobAsync("a/b", BinaryData.FromString("Kept."));

        await server.StopAsync();
        await server.StartAgainAsync();

        var kept = await container.GetBlobClient("a/b").DownloadContentAsync();
        Assert.That((kept.Value.Content.ToString(), server.Address), Is.EqualTo(("Kept.", address)));
    }

    [Test]
    public async Task A_stopped_server_refuses_connections()
    {
        await using var server = await AzuriteServer.StartAsync();
        await server.StopAsync();

        using var client = new HttpClient();
        Assert.That(() => client.GetAsync(server.Address), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task A_server_ends_with_its_process_when_that_is_killed()
    {
        using var host = Process.Start(new ProcessStartInfo("dotnet", [typeof(CacheWorker.SetFile).Assembly.Location, "serve"]) { RedirectStandardOutput = true })!;
        var address = new Uri((await host.StandardOutput.ReadLineAsync())!);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(address);

        host.Kill();

        Assert.That(() => client.GetAsync(address), Throws.InstanceOf<HttpRequestException>().After(20).Seconds.PollEvery(100).MilliSeconds);
    }

    [Test]
    public async Task Signatures_allow_what_they_say()
    {
        var server = await AzuriteServer.Shared;
        var container = await server.CreateContainerAsync();
        var mayRead = With(container, server.ReadSas(container.Name));
        var mayWrite = With(container, server.WriteSas(container.Name));

        await mayWrite.UploadBlobAsync("blob", BinaryData.FromString("Written."));

        Assert.That((await mayRead.GetBlobClient("blob").DownloadContentAsync()).Value.Content.ToString(), Is.EqualTo("Written."));
        Assert.That(Refused(mayRead), Is.EqualTo(403));
    }

    [Test]
    public async Task A_short_signature_ends()
    {
        var server = await AzuriteServer.Shared;
        var container = await server.CreateContainerAsync();
        var ended = With(container, server.ShortSas(container.Name, TimeSpan.FromSeconds(-1)));
        var early = With(container, server.Sas(container.Name, Azure.Storage.Sas.BlobContainerSasPermissions.All,
            DateTimeOffset.UtcNow.AddHours(2), starts: DateTimeOffset.UtcNow.AddHours(1)));

        Assert.That((Refused(ended), Refused(early)), Is.EqualTo((403, 403)));
    }

    private static BlobContainerClient With(BlobContainerClient container, string sas) => new(new Uri($"{container.Uri}?{sas}"));

    private static int Refused(BlobContainerClient container) =>
        Assert.ThrowsAsync<RequestFailedException>(() => container.UploadBlobAsync("new", BinaryData.FromString("x")))!.Status;
}
