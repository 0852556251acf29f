using Azure.Storage.Blobs;
using Tmrvc.ArtifactStore;
using Tmrvc.Azurite;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

/// <summary>Push, Pull, CacheVerify and CacheGc as the user calls them, against a real server.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CacheTargetsTests
{
    private AzuriteServer _server = null!;
    private BlobContainerClient _container = null!;
    private SmallCheckout _checkout = null!;
    private string _cache = null!;

    [SetUp]
    public async Task SetUp()
    {
        _server = await AzuriteServer.Shared;
        _container = await _server.CreateContainerAsync();
        _checkout = new SmallCheckout();
        _cache = Cache(_server.WriteSas(_container.Name));
    }

    [TearDown]
    public void TearDown() => _checkout.Dispose();

    private string Cache(string signature) => $"--cache={_container.Uri.GetLeftPart(UriPartial.Path)}?{signature}";

    private string Name => _container.Uri.GetLeftPart(UriPartial.Path);

    private async Task<string[]> Blobs(string kind)
    {
        var names = new List<string>();
        await foreach (var blob in _container.GetBlobsAsync(prefix: $"v1/{kind}/"))
            names.Add(blob.Name);
        return [.. names];
    }

    private async Task Damage(string kind)
    {
        var blob = _container.GetBlobClient((await Blobs(kind)).Single());
        var bytes = (await blob.DownloadContentAsync()).Value.Content.ToArray();
        bytes[^1] ^= 1;
        await blob.UploadAsync(new BinaryData(bytes), overwrite: true);
    }

    /// <summary>Other bytes of the same length under an intact seal.</summary>
    private static void Rot(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[1000] ^= 1;
        File.WriteAllBytes(path + ".rot", bytes);
        Seal.Set(path + ".rot");
        File.Move(path + ".rot", path, overwrite: true);
    }

    [Test]
    public async Task What_was_pushed_is_pulled_by_another_checkout_and_both_list_it_with_bytes()
    {
        await _checkout.MakeAsync(1);
        using var clone = _checkout.Clone();

        var push = _checkout.Run("--target=Push", _cache);
        var pull = clone.Run("--target=Pull", _cache);

        Assert.That((push.Code, pull.Code), Is.EqualTo((0, 0)), push.Everything + pull.Everything);
        Assert.That(push.Output, Has.Member("MelStatistics  pushed  5 MB"));
        Assert.That(push.Output[^1], Does.Match(@"^1 stage: 1 pushed; 5 MB in [\d.]+ s \([\d.]+ MB/s\)$"));
        Assert.That(pull.Output, Has.Member("MelStatistics  restored  5 MB"));
        Assert.That(clone.Run("--target=Pull", _cache).Output[^1], Does.StartWith("1 stage: 0 restored, 1 there already; nothing had to travel, in "));
    }

    [Test]
    public async Task A_pull_of_what_nobody_has_pushed_fails_and_names_it()
    {
        await _checkout.MakeAsync(1);
        using var clone = _checkout.Clone();

        var pull = clone.Run("--target=Pull", _cache);

        Assert.That(pull.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(pull.Output, Has.One.StartsWith("MelStatistics  failed  no record of key ").And.EndsWith($" is here or in {Name}"));
    }

    [Test]
    public async Task A_frozen_run_without_access_says_why_and_fails()
    {
        await _checkout.MakeAsync(1);
        using var clone = _checkout.Clone();

        var frozen = clone.Run("--frozen", "--target=MelStatistics", _cache.Replace(_container.Name, "no-such-container"));

        Assert.That(frozen.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(frozen.Errors.Count(line => line.StartsWith("cache: ", StringComparison.Ordinal)), Is.EqualTo(1), frozen.Everything);
        Assert.That(frozen.Errors, Has.Some.Contains("there is no such container").Or.Some.Contains("not permitted"));
        Assert.That(frozen.Errors, Has.None.Contains("goes on without it"));
    }

    [Test]
    public void Without_a_cache_there_is_nothing_to_push_to()
    {
        var push = _checkout.Run("--target=Push");

        Assert.That((push.Code, push.Errors), Is.EqualTo((ExitCode.Usage, new[] { "--target=Push: needs a cache; choose one by --cache=WHERE or TMRVC_CACHE" })));
    }

    [Test]
    public async Task Damage_in_the_cache_is_mended_by_who_has_a_good_copy_and_fails_whoever_has_none()
    {
        await _checkout.MakeAsync(1);
        _checkout.Run("--target=Push", _cache);
        using var clone = _checkout.Clone();
        await Damage("objects");

        var reading = clone.Run("--target=CacheVerify", "--cache-mode=read", _cache);
        var mending = _checkout.Run("--target=CacheVerify", _cache);

        Assert.That((reading.Code, mending.Code), Is.EqualTo((ExitCode.Failed, 0)), reading.Everything + mending.Everything);
        Assert.That(reading.Output, Has.One.EndsWith("left as it is, because this run may only read"));
        Assert.That(mending.Output, Has.One.StartsWith($"{Name}: MelStatistics ").And.EndsWith(": replaced by the good copy here"));
        Assert.That(clone.Run("--target=Pull", _cache).Code, Is.Zero);
    }

    [Test]
    public async Task Rot_here_is_mended_from_the_cache()
    {
        var record = await _checkout.MakeAsync(1);
        _checkout.Run("--target=Push", _cache);
        var set = new EntrySet(record.Outputs);
        Rot(_checkout.Store.Objects.PathOf(record.Outputs.First(output => output.Name == "model.bin").Hash));
        Rot(Path.Combine(_checkout.Store.FolderOf(set), "model.bin"));

        var verify = _checkout.Run("--target=CacheVerify", _cache);

        Assert.That(verify.Code, Is.Zero, verify.Everything);
        Assert.That(verify.Output, Has.Some.Contains("damaged and dropped").And.Some.Contains("(MelStatistics: model.bin)"));
        Assert.That(verify.Output, Has.One.EndsWith($": mended from {Name}"));
        Assert.That(_checkout.Store.IsInPlace(set));
    }

    [Test]
    public async Task Cleaning_up_keeps_what_lock_files_name_condemns_the_rest_and_deletes_it_later()
    {
        await _checkout.MakeAsync(1);
        _checkout.Run("--target=Push", _cache);
        await _checkout.MakeAsync(2);
        _checkout.Run("--target=Push", _cache);
        string[] command = ["--target=CacheGc", "--grace=0", "--delay=0", _cache];
        await Task.Delay(1100); // ages are told in seconds

        var plan = _checkout.Run([.. command, "--dryrun"]);
        var first = _checkout.Run(command);
        await Task.Delay(1100);
        var second = _checkout.Run(command);

        Assert.That((plan.Code, first.Code, second.Code), Is.EqualTo((0, 0, 0)), plan.Everything + first.Everything + second.Everything);
        Assert.That(plan.Output, Has.One.StartsWith("here: would delete MelStatistics ").And.One.StartsWith($"{Name}: would condemn MelStatistics "));
        Assert.That(first.Output, Has.One.StartsWith("here: deleted MelStatistics ").And.One.StartsWith($"{Name}: condemned MelStatistics "));
        Assert.That(second.Output, Has.One.StartsWith($"{Name}: deleted MelStatistics "));
        Assert.That(await Blobs("records"), Has.Length.EqualTo(1));
    }
}
