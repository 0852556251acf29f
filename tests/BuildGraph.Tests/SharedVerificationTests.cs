using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedVerificationTests
{
    private readonly List<string> _told = [];
    private SharedCache _cache = null!;
    private Machine _maker = null!;

    [SetUp]
    public async Task SetUp()
    {
        _cache = await SharedCache.CreateAsync();
        _maker = _cache.Join();
    }

    [TearDown]
    public void TearDown() => _cache.Dispose();

    /// <summary>A large file, which travels alone, and a small one, which travels in a pack.</summary>
    private static TestAction Model(StageId id, int seed) => new(id, run =>
    {
        var bytes = new byte[5_000_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(run.Output("model.bin"), bytes);
        File.WriteAllText(run.Output("log.txt"), $"{seed}");
    })
    { Out = ["model.bin", "log.txt"], With = new Content { Text = $"{seed}" } };

    private Task<VerificationFigures> Verify(Machine machine) =>
        new SharedVerification(machine.Checkout.Options, machine.Store, _told.Add).RunAsync(CancellationToken.None);

    private async Task Damage(string kind)
    {
        var blob = _cache.Client.GetBlobClient((await _cache.NamesAsync(kind))[0]);
        var found = await blob.DownloadContentAsync();
        var bytes = found.Value.Content.ToArray();
        bytes[^1] ^= 1;
        await blob.UploadAsync(new BinaryData(bytes), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = found.Value.Details.Metadata });
    }

    private async Task Delete(string kind) => await _cache.Client.DeleteBlobAsync((await _cache.NamesAsync(kind))[0]);

    private async Task<bool> CanRestore()
    {
        var other = _cache.Join();
        return (await other.Checkout.Build("Model", Model("Model", 1)))["Model"].State == StageState.Restored;
    }

    [Test]
    public async Task A_sound_store_is_read_and_what_two_results_share_is_read_once()
    {
        await _maker.Checkout.Run(Model("Model", 1), Model("Other", 2));
        _maker.Requests.Forget();

        var figures = await Verify(_maker);

        Assert.That(figures, Is.EqualTo(new VerificationFigures(2 + 2 + 3, figures.Bytes, 0, 0, 0)), "records, indices; two packs and one object");
        Assert.That(figures.Bytes, Is.EqualTo(5_000_002));
        Assert.That(_maker.Requests.Seen.Select(request => request.Split(' ')[0]).Distinct(), Is.EqualTo(new[] { "GET" }));
        Assert.That(_told, Is.Empty);
    }

    [TestCase("objects", "Model ")]
    [TestCase("packs", "Model ")]
    [TestCase("sets", "Model ")]
    [TestCase("records", "record ")]
    public async Task Damage_is_replaced_by_a_good_copy(string kind, string subject)
    {
        await _maker.Checkout.Run(Model("Model", 1));
        await Damage(kind);

        var figures = await Verify(_maker);

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That(_told[0], Does.StartWith($"{_maker.Store.Name}: {subject}"));
        Assert.That(_told[^1], Does.StartWith($"{_maker.Store.Name}: Model ").And.EndWith(": replaced by the good copy here"));
        Assert.That((await Verify(_cache.Join())).Damaged, Is.Zero);
        Assert.That(await CanRestore());
    }

    [TestCase("objects")]
    [TestCase("packs")]
    [TestCase("sets")]
    public async Task What_is_missing_is_pushed_again(string kind)
    {
        await _maker.Checkout.Run(Model("Model", 1));
        await Delete(kind);

        Assert.That((await Verify(_maker)).Mended, Is.EqualTo(1));
        Assert.That(await CanRestore());
    }

    [TestCase("objects")]
    [TestCase("packs")]
    [TestCase("sets")]
    [TestCase("records")]
    public async Task What_nobody_here_can_mend_is_dropped_whole_and_a_later_push_brings_it_back(string kind)
    {
        await _maker.Checkout.Run(Model("Model", 1));
        await Damage(kind);

        var figures = await Verify(_cache.Join());

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 0, 1)));
        Assert.That(await _cache.NamesAsync("records"), Is.Empty, "nobody is sent to what is not there");
        Assert.That(_told[^1], Does.Contain("lost and dropped"));
        await _maker.Checkout.Engine(Model("Model", 1)).PushAsync(new SilentObserver());
        Assert.That((await Verify(_cache.Join())).Damaged, Is.Zero);
        Assert.That(await CanRestore());
    }

    [TestCase("records")]
    [TestCase("packs")]
    public async Task A_record_that_another_machine_replaces_meanwhile_is_not_dropped(string kind)
    {
        await _maker.Checkout.Run(Model("Model", 1));
        var name = (await _cache.NamesAsync("records"))[0];
        var good = (await _cache.Client.GetBlobClient(name).DownloadContentAsync()).Value;
        await Damage(kind);
        var verifier = _cache.Join();
        verifier.Requests.Before = async words =>
        {
            if (words == "DELETE records")
                await _cache.Client.GetBlobClient(name).UploadAsync(
                    good.Content, new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = good.Details.Metadata });
        };

        var figures = await Verify(verifier);

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 0, 1)));
        Assert.That(await _cache.NamesAsync("records"), Is.EqualTo(new[] { name }));
        Assert.That(_told[^1], Does.EndWith("changed meanwhile; verify again"));
    }

    [Test]
    public async Task A_reader_tells_damage_and_sends_no_writing_request()
    {
        await _maker.Checkout.Run(Model("Model", 1));
        await Damage("objects");
        var reader = _cache.Join(readOnly: true);

        var figures = await Verify(reader);

        Assert.That((figures.Mended, figures.Lost), Is.EqualTo((0, 1)));
        Assert.That(_told[^1], Does.EndWith("left as it is, because this run may only read"));
        Assert.That(reader.Requests.Seen, Is.All.StartsWith("GET "));
    }

    [Test]
    public async Task A_record_of_another_key_is_not_believed()
    {
        await _maker.Checkout.Run(Model("Model", 1), Model("Other", 2));
        var names = await _cache.NamesAsync("records");
        var first = await _cache.Client.GetBlobClient(names[0]).DownloadContentAsync();
        await _cache.Client.GetBlobClient(names[1]).UploadAsync(first.Value.Content, overwrite: true);

        var figures = await Verify(_maker);

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That((await Verify(_maker)).Damaged, Is.Zero);
    }

    [Test]
    public async Task A_record_that_is_marked_with_other_outputs_than_it_names_is_marked_anew()
    {
        await _maker.Checkout.Run(Model("Model", 1));
        var name = (await _cache.NamesAsync("records"))[0];
        await _cache.Client.GetBlobClient(name).SetMetadataAsync(new Dictionary<string, string> { ["set"] = new string('0', 64) });

        var figures = await Verify(_cache.Join());

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That((await Verify(_maker)).Damaged, Is.Zero);
    }

    [Test]
    public async Task Damaged_content_that_no_record_names_is_dropped_without_being_missed()
    {
        await _maker.Checkout.Run(Model("Model", 1));
        await Delete("records");
        await Damage("packs");

        var figures = await Verify(_maker);

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That(_told[^1], Does.EndWith(": dropped"));
        Assert.That((await _cache.NamesAsync("packs"), await _cache.NamesAsync("sets")), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }
}
