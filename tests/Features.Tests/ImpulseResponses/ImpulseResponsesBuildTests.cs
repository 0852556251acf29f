using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>A corpus of responses through the engine: what is done again after what kind of change.</summary>
[Platform("Linux")]
public sealed class ImpulseResponsesBuildTests
{
    [Test]
    public async Task A_changed_an_added_and_a_removed_file_cost_the_shard_of_their_room_only()
    {
        using var corpus = new CorpusFolder(ResponseCorpora.WriteButReverbDb);
        var file = Directory.EnumerateFiles(corpus.Root, "*.wav", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First(path => path.Contains("/VUT_FIT_L207/", StringComparison.Ordinal) && path.Contains("/RIR/IR_"));
        var built = await BuildAsync(corpus);
        File.Copy(file.Replace("L207", "Q301"), file, overwrite: true);
        var changed = await BuildAsync(corpus);
        File.Copy(file, file.Replace(".v00", ".v01"));
        var added = await BuildAsync(corpus);
        File.Delete(file);
        var removed = await BuildAsync(corpus);

        Assert.That(Metrics(built), Is.EqualTo((9, 3)));
        Assert.That(Metrics(changed), Is.EqualTo((1, 1)));
        Assert.That(Metrics(added), Is.EqualTo((1, 1)));
        Assert.That(Metrics(removed), Is.EqualTo((0, 1)));
        using var shards = ImpulseResponseShards.Open(removed.Stages[0].OutputPath(ImpulseResponsesStage.Responses));
        Assert.That(shards.Responses, Has.Count.EqualTo(6));
        Assert.That(shards.Responses.Index().Select(response => shards.Samples(response.Index).Length),
            Is.EqualTo(shards.Responses.Select(response => response.Samples)));
    }

    private static (double Items, double Shards) Metrics(RunSummary run) =>
        (run.Stages[0].Record!.Metrics["items_processed"], run.Stages[0].Record!.Metrics["groups_processed"]);

    /// <summary>A file that was written a moment ago is read again, lest its time tells nothing.</summary>
    private static async Task<RunSummary> BuildAsync(CorpusFolder corpus)
    {
        await Task.Delay(100);
        var stage = new ImpulseResponsesStage(
            "Responses", new() { Name = "but", Layout = ResponseLayout.ButReverbDb }, 24000, SpeechCorpus.Bands,
            new StageInput.Files("recordings", ".", "*/MicID01/**"));
        var options = new EngineOptions { Root = corpus.Root, Profile = "smoke", Clock = TimeProvider.System };
        return await new Engine(new StageGraph([stage]), options).Start([stage.Id], RunOptions.Default, new SilentObserver()).Finished;
    }
}
