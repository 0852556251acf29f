using System.Numerics;
using Azure.Storage.Blobs;
using Tmrvc.Azurite;
using Tmrvc.FaultProxy;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>That each fault is what its name says, seen by a client that forgives nothing.</summary>
public sealed class FaultInjectingProxyTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 7))];

    private BlobContainerClient _container = null!;
    private FaultInjectingProxy _proxy = null!;
    private HttpClient _client = null!;
    private Uri _blob = null!;

    [SetUp]
    public async Task PutABlobBehindAProxy()
    {
        var server = await AzuriteServer.Shared;
        _container = await server.CreateContainerAsync();
        await _container.UploadBlobAsync("packs/one", BinaryData.FromBytes(Content));
        _proxy = new FaultInjectingProxy(server.Address);
        _client = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        _blob = new Uri(_proxy.Address, $"{AzuriteServer.Account}/{_container.Name}/packs/one?{server.WriteSas(_container.Name)}");
    }

    [TearDown]
    public async Task End()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    [Test]
    public async Task Without_a_plan_everything_passes_and_is_counted()
    {
        for (var i = 0; i < 3; i++)
            Assert.That(await _client.GetByteArrayAsync(_blob), Is.EqualTo(Content));
        await PutAsync(Content);

        Assert.That(_proxy.Counts, Is.EquivalentTo(new Dictionary<string, int> { ["GET packs"] = 3, ["PUT packs"] = 1 }));
        Assert.That(_proxy.Injected, Is.Empty);
    }

    [TestCase(FaultKind.ResetBeforeRequest)]
    [TestCase(FaultKind.ResetBeforeResponse)]
    [TestCase(FaultKind.ResetWithinResponse)]
    [TestCase(FaultKind.TruncatedResponse)]
    public void A_broken_connection_gives_no_whole_answer(FaultKind kind)
    {
        Plan(kind);

        Assert.That(() => _client.GetByteArrayAsync(_blob), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Names, Is.EqualTo(new[] { $"{kind} at 0.50: GET {_container.Name}/packs/one" }));
    }

    [TestCase(FaultKind.Stall)]
    [TestCase(FaultKind.StallWithinResponse)]
    public void A_stalled_answer_lasts_until_the_client_gives_up(FaultKind kind)
    {
        Plan(kind);

        Assert.That(() => _client.GetByteArrayAsync(_blob), Throws.InstanceOf<TaskCanceledException>());
        Assert.That(Names, Has.Length.EqualTo(1));
    }

    [TestCase(FaultKind.TooManyRequests, 429)]
    [TestCase(FaultKind.InternalError, 500)]
    [TestCase(FaultKind.Unavailable, 503)]
    [TestCase(FaultKind.MissingBlob, 404)]
    [TestCase(FaultKind.Revoked, 403)]
    public async Task An_error_has_its_status_and_the_connection_goes_on(FaultKind kind, int status)
    {
        Plan(kind);

        using var refused = await _client.GetAsync(_blob);
        Assert.That((int)refused.StatusCode, Is.EqualTo(status));
        Assert.That(refused.Headers.RetryAfter is not null, Is.EqualTo(status is 429 or 503));
        Assert.That(await _client.GetByteArrayAsync(_blob), Is.EqualTo(Content));
    }

    [Test]
    public async Task A_flipped_answer_differs_in_one_bit()
    {
        Plan(FaultKind.FlippedResponse);

        Assert.That(BitsBetween(await _client.GetByteArrayAsync(_blob), Content), Is.EqualTo(1));
    }

    [Test]
    public async Task A_flipped_request_is_stored_with_one_other_bit()
    {
        Plan(FaultKind.FlippedRequest);

        await PutAsync(Content);

        Assert.That(BitsBetween(await _client.GetByteArrayAsync(_blob), Content), Is.EqualTo(1));
    }

    [Test]
    public async Task A_shortened_answer_looks_whole()
    {
        Plan(FaultKind.ShortenedResponse);

        Assert.That(await _client.GetByteArrayAsync(_blob), Is.EqualTo(Content[..2000]));
    }

    [Test]
    public async Task A_trickle_arrives_whole()
    {
        Plan(FaultKind.Trickle);

        Assert.That(await _client.GetByteArrayAsync(_blob), Is.EqualTo(Content));
        Assert.That(Names, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_was_done_before_a_late_error_stays_done()
    {
        Plan(FaultKind.InternalErrorAfterwards);

        Assert.That(() => PutAsync([1, 2, 3]), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await _client.GetByteArrayAsync(_blob), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task A_request_that_is_cut_off_changes_nothing()
    {
        Plan(FaultKind.ResetWithinRequest);

        Assert.That(() => PutAsync([1, 2, 3]), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await _client.GetByteArrayAsync(_blob), Is.EqualTo(Content));
    }

    [Test]
    public void A_random_plan_is_that_of_its_seed_in_any_order()
    {
        ProxiedRequest[] requests = [.. Enumerable.Range(0, 200).Select(i => new ProxiedRequest("GET", $"c/packs/{i}", "", 0, 0))];
        FaultKind[] kinds = Enum.GetValues<FaultKind>();
        Fault?[] Draw(int seed, IEnumerable<ProxiedRequest> order)
        {
            var plan = FaultPlans.Random(seed, 0.3, _ => kinds);
            var drawn = order.ToDictionary(request => request, request => plan(request));
            return [.. requests.Select(request => drawn[request])];
        }

        Assert.That(Draw(1, requests.Reverse()), Is.EqualTo(Draw(1, requests)));
        Assert.That(Draw(2, requests), Is.Not.EqualTo(Draw(1, requests)));
        Assert.That(Draw(1, requests).Count(fault => fault is not null), Is.InRange(40, 80));
    }

    private string[] Names => [.. _proxy.Injected.Select(fault => fault.ToString())];

    private void Plan(FaultKind kind) => _proxy.Plan = FaultPlans.First(1, new Fault(kind), _ => true);

    private async Task PutAsync(byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var answer = await _client.PutAsync(_blob, body);
        answer.EnsureSuccessStatusCode();
    }

    private static int BitsBetween(byte[] one, byte[] other) => one.Zip(other, (a, b) => BitOperations.PopCount((uint)(a ^ b))).Sum();

}
