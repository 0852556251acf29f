using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Build.Tests.Corpora;

/// <summary>
/// Archives in the official layouts, from a server that drops connections and damages bytes (or a person's hand) through the stages that
/// configs/ describes to shards that a training reads.
/// </summary>
[Platform("Linux")]
public sealed class PublishedCorpusTests
{
    [Test]
    public async Task Vctk_comes_from_an_unreliable_server_to_shards()
    {
        await using var build = new CorpusBuild("vctk", "Vctk");
        var tree = VctkTree.Write(build.Folder("tree"));
        var archive = Serve(build, CorpusArchives.Zip(build.Folder("tree"), Path.Combine(build.Folder("archives"), "VCTK-Corpus-0.92.zip")));

        var run = await build.RunAsync([CorpusArchives.Declared(archive, bySha256: true)]);

        RequireFetchedThroughFaults(build, run);
        RequireShards(build, run, Without("wav48_silence_trimmed/p225/p225_001_mic1 (1).flac", tree), speakers: 5, "vctk/wav48_silence_trimmed/p225/p225_001_mic1-000", "Please call Stella.");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Jvs_comes_from_an_unreliable_server_or_from_a_persons_hand_to_shards(bool served)
    {
        await using var build = new CorpusBuild("jvs", "Jvs");
        var tree = JvsTree.Write(build.Folder("tree"));
        var archive = Serve(build, CorpusArchives.Zip(build.Folder("tree"), Path.Combine(build.Folder("archives"), "jvs_ver1.zip")));
        string[] files = [CorpusArchives.Declared(archive, bySha256: true)];
        if (!served)
        {
            var asked = await build.RunAsync(files, isServed: false);
            Assert.That(asked[build.Stage("Fetch")].Reason, Does.Contain("it is placed by hand. Accept its licence (research or personal use, no redistribution")
                .And.Contain($"put it into {build.Raw}"));
            File.Copy(archive, Path.Combine(build.Raw, "jvs_ver1.zip"));
        }

        var run = await build.RunAsync(files, served);

        if (served)
            RequireFetchedThroughFaults(build, run);
        Assert.That(build.Server.Requests, served ? Is.Not.Empty : Is.Empty);
        RequireShards(build, run, tree, speakers: 2, "jvs/jvs_ver1/jvs002/nonpara30/wav24kHz16bit/BASIC5000_0025-000", "多くの:人。");
    }

    [Test]
    public async Task LibriTts_r_comes_in_several_archives_from_an_unreliable_server_to_shards()
    {
        await using var build = new CorpusBuild("libritts_r", "LibriTtsR");
        var tree = LibriTtsRTree.Write(build.Folder("tree"));
        var archives = new[] { "dev-clean", "train-clean-100" }.Select(subset => Serve(build, CorpusArchives.TarGz(
            build.Folder("tree"), subset, Path.Combine(build.Folder("archives"), subset.Replace('-', '_') + ".tar.gz")))).ToArray();

        var run = await build.RunAsync(archives.Select(archive => CorpusArchives.Declared(archive, bySha256: false)));

        RequireFetchedThroughFaults(build, run);
        RequireShards(build, run, tree, speakers: 2,
            "libritts_r/LibriTTS_R/train-clean-100/103/1240/103_1240_000000_000002-000", "Only 1 original.");
    }

    /// <summary>The tree as it is unpacked: without a file whose name is not asked for.</summary>
    private static CorpusTree Without(string path, CorpusTree tree)
    {
        Assert.That(tree.Quarantined, Contains.Key(path));
        return tree with { Quarantined = tree.Quarantined.Where(item => item.Key != path).ToDictionary() };
    }

    private static string Serve(CorpusBuild build, string archive)
    {
        build.Server.Serve(Path.GetFileName(archive), archive);
        return archive;
    }

    private static void RequireFetchedThroughFaults(CorpusBuild build, RunSummary run)
    {
        var fetched = run[build.Stage("Fetch")].Record!.Metrics;
        Assert.That(fetched["retries"], Is.GreaterThan(0), "connections were dropped");
        Assert.That(fetched["restarts"], Is.GreaterThan(0), "bytes were damaged");
    }

    private static void RequireShards(CorpusBuild build, RunSummary run, CorpusTree tree, int speakers, string id, string transcript)
    {
        Assert.That(run.Result, Is.EqualTo(RunResult.Done));
        foreach (var stage in run.Stages)
            TestContext.Out.WriteLine($"{stage.Stage}: {string.Join(", ", stage.Record!.Metrics.Select(metric => $"{metric.Key} {metric.Value:0.###}"))}");
        var quarantine = build.Quarantine(run);
        Assert.That(quarantine.Keys, Is.EquivalentTo(tree.Quarantined.Keys));
        foreach (var (path, reason) in tree.Quarantined)
            Assert.That(quarantine[path], Does.Contain(reason), path);

        using var shards = FeatureShards.Open(run[build.Stage("Features")].OutputPath(FeaturesStage.Features));
        Assert.That(
            shards.Utterances.Select(utterance => utterance.Id),
            Is.EquivalentTo(tree.Usable.Select(path => $"{id.Split('/')[0]}/{Path.ChangeExtension(path, null)}-000")));
        Assert.That(shards.Speakers, Has.Count.EqualTo(speakers));
        Assert.That(shards.Utterances.Single(utterance => utterance.Id == id).Transcript, Is.EqualTo(transcript));
        for (var utterance = 0; utterance < shards.Utterances.Count; utterance++)
            RequireSpeech(shards, utterance);
    }

    private static void RequireSpeech(FeatureShards shards, int utterance)
    {
        Assert.That(shards.LogMel(utterance).Length, Is.EqualTo(80 * shards.Utterances[utterance].Frames));
        Assert.That(shards.LogMel(utterance).ToArray(), Is.All.InRange(-25f, 15f));
        Assert.That(shards.F0(utterance).ToArray().Count(hertz => hertz is > 60 and < 500), Is.GreaterThan(shards.Utterances[utterance].Frames / 4));
    }
}
