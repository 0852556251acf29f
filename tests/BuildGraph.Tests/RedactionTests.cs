using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>A stage may come upon a credential and say it; what the engine writes down does not hold it.</summary>
public sealed class RedactionTests
{
    private const string Secret = "c2VjcmV0LXNpZ25hdHVyZQ";

    [Test]
    public async Task No_file_below_artifacts_holds_what_is_to_be_taken_out()
    {
        using var checkout = new Checkout();
        checkout.Write("data/good.wav", "good");
        checkout.Write("data/bad.wav", "bad");
        var stage = new TestItems("Items", new StageInput.Files("audio", "data", "**"), item =>
        {
            item.Run.Log($"GET https://a.blob.core.windows.net/b?sig={Secret}");
            return item.Id == "bad.wav" ? throw new ItemRejectedException($"refused: sig={Secret}") : "good";
        });
        var failing = new TestAction("Failing", _ => throw new InvalidOperationException($"key {Secret}")) { In = [new StageInput.Output("in", "Items", "all.txt")] };
        var options = checkout.Options with { Redact = text => text.Replace(Secret, "***") };
        var transcript = new Transcript();

        await new Engine(new StageGraph([stage, failing]), options).Start(["Failing"], RunOptions.Default, transcript).Finished;

        var files = checkout.ArtifactFiles().ToDictionary(path => path, path => File.ReadAllText(Path.Combine(checkout.Artifacts, path)));
        Assert.That(files.Values, Has.Some.Contains("GET https://a.blob.core.windows.net/b?sig=***"), "the log");
        Assert.That(files.Values, Has.Some.Contains("refused: sig=***"), "the record's quarantine");
        Assert.That(files.Where(file => file.Value.Contains(Secret)).Select(file => file.Key), Is.Empty);
        Assert.That(transcript.Lines.Where(line => line.Contains("GET")), Is.All.Contain("***"));
    }
}
