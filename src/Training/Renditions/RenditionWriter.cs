using Tmrvc.SafeTensors;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Lets a teacher say renditions, and adds what is to be kept of each to a shard.</summary>
/// <param name="places">Of the batch, in the plan.</param>
internal delegate void RenditionKeeping(SafeTensorsWriter shard, int[] places, TeacherBatch batch);

/// <summary>Lets a teacher say the renditions of a shard and writes it.</summary>
internal sealed class RenditionWriter(RenditionBatches batches, IReadOnlyList<Rendition> plan, int batchSize, RenditionKeeping keep)
{
    /// <param name="places">In the plan.</param>
    /// <param name="told">Called after each batch with its renditions.</param>
    public void Write(IReadOnlyList<int> places, string path, Action<int> told, CancellationToken cancellation)
    {
        var writer = new SafeTensorsWriter();
        foreach (var batch in places.GroupBy(place => (batches.SplitOf(plan[place]), plan[place].Time)).SelectMany(group => Batches(group)))
        {
            cancellation.ThrowIfCancellationRequested();
            Say(batch, writer);
            told(batch.Length);
        }
        writer.Save(path);
    }

    private IEnumerable<int[]> Batches(IEnumerable<int> places) =>
        places.OrderBy(place => plan[place].Crop.Frames).ThenBy(place => place).Chunk(batchSize);

    private void Say(int[] places, SafeTensorsWriter writer)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Make([.. places.Select(place => plan[place])]);
        var width = batch.Speaker.Length / places.Length;
        keep(writer, places, batch);
        for (var b = 0; b < places.Length; b++)
            writer
                .Add(RenditionTensors.F0(places[b]), batch.Features.TakeRows(batch.Features.F0, b), batch.Features.Lengths[b])
                .Add(RenditionTensors.Speaker(places[b]), batch.Speaker[(b * width)..((b + 1) * width)], width);
    }
}
