using Tmrvc.Features;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class SpeakerEncoderTests
{
    [Test]
    public void Recordings_of_one_speaker_teach_nothing_and_are_refused()
    {
        using var folder = new TemporaryFolder();
        SyntheticSpeech.Write(folder["features"], speakers: 1);
        using var shards = FeatureShards.Open(folder["features"]);

        Assert.That(
            () => new SpeakerEncoderTraining(SyntheticPipeline.SpeakerEncoder, 192, shards, new MelStatistics(-11.5f, new float[80], new float[80], 1), CPU),
            Throws.InstanceOf<InvalidDataException>().With.Message.StartsWith("speakers: found 1 (made-up/ann) in the recordings to learn from, 2 or more are allowed"));
    }
}
