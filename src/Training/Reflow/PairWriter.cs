using Tmrvc.Features;
using Tmrvc.SafeTensors;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Lets a teacher say the renditions of a shard and writes noise and speech.</summary>
internal sealed class PairWriter(RenditionBatches batches, RenditionSampling sampling, IReadOnlyList<Rendition> plan, int batchSize)
{
    /// <summary>Bytes that a pair takes in its shard.</summary>
    public static long BytesOf(Rendition rendition, FeatureShards shards) => sizeof(float) * (2L * shards.Mels + 1) * rendition.Crop.Frames;

    /// <param name="places">In the plan.</param>
    /// <param name="told">Called after each batch with its pairs.</param>
    public void Write(IReadOnlyList<int> places, string path, Action<int> told, CancellationToken cancellation)
    {
        var writer = new SafeTensorsWriter();
        foreach (var batch in places.OrderBy(place => plan[place].Crop.Frames).ThenBy(place => place).Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            Say(batch, writer);
            told(batch.Length);
        }
        writer.Save(path);
    }

    private void Say(int[] places, SafeTensorsWriter writer)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Make([.. places.Select(place => plan[place])]);
        var (features, width) = (batch.Features, batch.Speaker.Length / places.Length);
        var noise = sampling.Noise(places, features);
        var clean = sampling.Speak(batch, noise).cpu().contiguous().data<float>().ToArray();
        for (var b = 0; b < places.Length; b++)
            writer
                .Add(PairTensors.Noise(places[b]), features.TakeRows(noise, b), features.Mels, features.Lengths[b])
                .Add(PairTensors.Clean(places[b]), features.TakeRows(clean, b), features.Mels, features.Lengths[b])
                .Add(PairTensors.F0(places[b]), features.TakeRows(features.F0, b), features.Lengths[b])
                .Add(PairTensors.Speaker(places[b]), batch.Speaker[(b * width)..((b + 1) * width)], width);
    }
}
