using Tmrvc.Features;

namespace Tmrvc.Training.Tests.Support;

/// <summary>What a perfect teacher would leave: straight ways to made-up speech, in the voice asked for.</summary>
public static class StraightWays
{
    private const int Frames = 48;
    private const int Stretches = 2;

    /// <param name="said">Utterances with the voices they are to be said in.</param>
    public static TrajectoryBatch To(FeatureShards shards, MelStatistics statistics, (int Utterance, int Voice)[] said)
    {
        var features = new NormalisedBatches(shards, statistics, 1).Make(new BatchPlan(0, [.. said.Select(one => new Crop(one.Utterance, 0, Frames))]));
        var noise = new Random(said[0].Utterance);
        var target = said.SelectMany((one, b) => Target(shards, statistics, one.Utterance, one.Voice)).ToArray();
        var start = target.Select(_ => 2 * noise.NextSingle() - 1).ToArray();
        var size = SyntheticSpeech.Mels * Frames;
        var positions = Enumerable.Range(0, said.Length).SelectMany(b => Enumerable.Range(0, Stretches + 1).SelectMany(n =>
            Enumerable.Range(b * size, size).Select(i => target[i] * n / Stretches + start[i] * (1 - (float)n / Stretches))));
        return new(new("straight", features, [.. said.SelectMany(one => Direction(one.Voice))]), [.. positions], new float[24 * said.Length]);
    }

    /// <summary>The utterance with the tilt of another speaker's spectrum.</summary>
    private static float[] Target(FeatureShards shards, MelStatistics statistics, int utterance, int voice)
    {
        var mel = shards.LogMel(utterance);
        var total = shards.Utterances[utterance].Frames;
        var values = new float[SyntheticSpeech.Mels * Frames];
        for (var band = 0; band < SyntheticSpeech.Mels; band++)
            for (var t = 0; t < Frames; t++)
                values[band * Frames + t] = mel[band * total + t] + (voice - shards.SpeakerOf(utterance)) * (band - 40) / 30f;
        statistics.Normalise(values);
        return values;
    }

    private static IEnumerable<float> Direction(int voice) => Enumerable.Range(0, 192).Select(i => i == voice ? 1f : 0f);
}
