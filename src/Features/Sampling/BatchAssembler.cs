namespace Tmrvc.Features;

/// <summary>Copies planned crops out of the shards into the arrays of a batch. Safe on several threads.</summary>
/// <param name="frameMultiple">T is rounded up to a multiple of this; a U-Net of four halvings takes 16.</param>
/// <param name="logFloor">Log-mel of digital silence, for padding.</param>
public sealed class BatchAssembler(FeatureShards shards, int frameMultiple, float logFloor)
{
    /// <exception cref="ArgumentException">A crop leaves its utterance.</exception>
    public FeatureBatch Assemble(BatchPlan plan)
    {
        var longest = plan.Crops.Max(crop => crop.Frames);
        var batch = Allocate(plan, (longest + frameMultiple - 1) / frameMultiple * frameMultiple);
        for (var b = 0; b < plan.Crops.Count; b++)
            Fill(batch, b, plan.Crops[b]);
        return batch;
    }

    private FeatureBatch Allocate(BatchPlan plan, int frames)
    {
        var logMel = new float[plan.Crops.Count * shards.Mels * frames];
        Array.Fill(logMel, logFloor);
        return new FeatureBatch
        {
            Plan = plan,
            Frames = frames,
            Mels = shards.Mels,
            ContentDimension = shards.ContentDimension,
            LogMel = logMel,
            Content = new float[plan.Crops.Count * shards.ContentDimension * frames],
            F0 = new float[plan.Crops.Count * frames],
            Mask = new float[plan.Crops.Count * frames],
            SpeakerIndex = [.. plan.Crops.Select(crop => (long)shards.SpeakerOf(crop.Utterance))],
            Lengths = [.. plan.Crops.Select(crop => (long)crop.Frames)],
        };
    }

    private void Fill(FeatureBatch batch, int b, Crop crop)
    {
        CheckInside(crop);
        batch.Mask.AsSpan(b * batch.Frames, crop.Frames).Fill(1);
        if (!batch.Plan.Reads(b)) return;
        var total = shards.Utterances[crop.Utterance].Frames;
        var frames = batch.Frames;
        CopyRows(shards.LogMel(crop.Utterance), total, crop, batch.LogMel.AsSpan(b * batch.Mels * frames), frames, batch.Mels);
        var content = batch.Content.AsSpan(b * batch.ContentDimension * frames, batch.ContentDimension * frames);
        shards.CopyContent(crop.Utterance, crop.Start, crop.Frames, content, frames);
        shards.Statistics[shards.SpeakerOf(crop.Utterance)].NormalizeContent(content, frames, crop.Frames);
        shards.F0(crop.Utterance).Slice(crop.Start, crop.Frames).CopyTo(batch.F0.AsSpan(b * frames));
    }

    private void CheckInside(Crop crop)
    {
        var total = shards.Utterances[crop.Utterance].Frames;
        if (crop.Start < 0 || crop.Frames < 1 || crop.Start + crop.Frames > total)
            throw new ArgumentException(
                $"Utterance {shards.Utterances[crop.Utterance].Id}: crop {crop.Start}+{crop.Frames} leaves its {total} frames.",
                nameof(crop));
    }

    private static void CopyRows(ReadOnlySpan<float> source, int total, Crop crop, Span<float> target, int frames, int rows)
    {
        for (var row = 0; row < rows; row++)
            source.Slice(row * total + crop.Start, crop.Frames).CopyTo(target[(row * frames)..]);
    }
}
