using System.Security.Cryptography;
using System.Text;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 1: the key is the SHA-256 of one canonical manifest.</summary>
public sealed class Guarantee01KeyTests
{
    private static readonly InputContent[] Inputs =
    [
        InputContent.OfTool("torch", "1.13.1"),
        InputContent.OfFile("audio", "/anywhere", ArtifactStore.ContentHash.Parse(new string('a', 64))),
    ];

    private static TestAction Stage(int version = 1, params string[] outputs) =>
        new("Phase0", _ => { })
        {
            StageVersion = version,
            With = new Content { Text = "x=1\n" },
            Out = outputs.Length > 0 ? outputs : ["weights", "metrics.jsonl"],
        };

    [Test]
    public void The_key_of_a_known_manifest_is_the_hash_of_a_known_text()
    {
        const string manifest = "stage 1\nkind=action\nstage=Phase0\nversion=1\nsettings.text=\"x\\e1\\n\"\n" +
            "input.audio=file aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\ninput.torch=tool 1.13.1\n" +
            "output.metrics.jsonl=\noutput.weights=\n";
        var key = StageManifest.Key(Stage(), Inputs).ToString();
        Assert.That(key, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)))));
        Assert.That(key, Is.EqualTo("959ac7adc171a52f182eadbc0e57b017013b181dbf654a2c7fc68b96d5ca4799"),
            "every stored artifact loses its name when this changes");
    }

    [Test]
    public void Explaining_names_what_hashing_hashes()
    {
        var entries = StageManifest.Explain(Stage(), Inputs);
        Assert.That(entries.Select(entry => entry.What), Is.EqualTo(new[]
        {
            "kind", "stage", "version", "settings.text", "input.audio", "input.torch", "output.metrics.jsonl", "output.weights",
        }));
    }

    [Test]
    public void Version_outputs_and_inputs_change_the_key_and_their_order_does_not()
    {
        var key = StageManifest.Key(Stage(), Inputs);
        Assert.Multiple(() =>
        {
            Assert.That(StageManifest.Key(Stage(version: 2), Inputs), Is.Not.EqualTo(key));
            Assert.That(StageManifest.Key(Stage(outputs: "weights"), Inputs), Is.Not.EqualTo(key));
            Assert.That(StageManifest.Key(Stage(), Inputs[..1]), Is.Not.EqualTo(key));
            Assert.That(StageManifest.Key(Stage(1, "metrics.jsonl", "weights"), [.. Inputs.Reverse()]), Is.EqualTo(key));
        });
    }

    [Test]
    public void Values_cannot_pose_as_other_entries()
    {
        var honest = new HashingSink("stage 1");
        honest.Significant("a", "1");
        honest.Significant("b", "2");
        var posing = new HashingSink("stage 1");
        posing.Significant("a", "1\nb=2");
        Assert.That(posing.Hash, Is.Not.EqualTo(honest.Hash));
    }
}
