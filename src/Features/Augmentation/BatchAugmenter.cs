using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>
/// Changes the utterances of a batch: another F0, a room, a shelf, noise. The result is a pure function of (batch, seed), however many
/// workers there are. Safe on several threads.
/// </summary>
public sealed class BatchAugmenter
{
    private readonly AugmentationSettings _settings;
    private readonly FeatureShards _shards;
    private readonly AugmentationDraws _draws;
    private readonly ImpulseResponseShards _responses;
    private readonly InstancePool<SpeechAugmentation> _augmentations;
    private readonly ImpulseResponseParameters _dry;

    /// <param name="audio">Of the same shards as the batches.</param>
    /// <param name="bands">Of the responses' parameters.</param>
    /// <param name="rooms">Whose rooms are drawn; the babble is of the training split in any case.</param>
    /// <exception cref="ArgumentException">There is no room or no speech to train with.</exception>
    public BatchAugmenter(
        AugmentationSettings settings, FeatureShards shards, SegmentAudio audio, ImpulseResponseShards responses, SignalParameters signal,
        Subbands bands, long seed, Split rooms = Split.Train)
    {
        (_settings, _shards, _responses) = (settings, shards, responses);
        _draws = new AugmentationDraws(settings, responses, seed, rooms);
        _dry = ImpulseResponseParameters.Dry(bands.Count);
        int[] talkers = [.. shards.Of(Split.Train)];
        if (talkers.Length == 0)
            throw new ArgumentException("Augmentation: no utterance is in the training split; add speech.", nameof(shards));
        var noises = new NoiseBank(audio, talkers, signal.SampleRate, seed);
        _augmentations = new(() => new SpeechAugmentation(shards, audio, responses, noises, signal));
    }

    /// <param name="batch">As assembled from the shards, not normalised. It is left as it is.</param>
    public AugmentedBatch Augment(FeatureBatch batch)
    {
        var draws = Draws(batch.Plan);
        var (logMel, noisy, f0) = ((float[])batch.LogMel.Clone(), (float[])batch.LogMel.Clone(), (float[])batch.F0.Clone());
        var options = new ParallelOptions { MaxDegreeOfParallelism = WorkerCount.Of(_settings.Workers) };
        Parallel.For(0, batch.Size, options, slot => Augment(batch, slot, draws[slot], logMel, noisy, f0));
        var parameters = draws.Select(draw => draw.Response is { } response ? _responses.Parameters(response) : _dry).ToList();
        return new AugmentedBatch
        {
            Features = batch with { LogMel = logMel, F0 = f0 },
            NoisyLogMel = noisy,
            IrParameters = [.. parameters.SelectMany(item => item.Values)],
            IrMask = [.. parameters.SelectMany(item => item.Mask)],
            Draws = draws,
        };
    }

    /// <summary>What happens to an utterance does not depend on its neighbours in the batch, nor in the corpus.</summary>
    private AugmentationDraw[] Draws(BatchPlan plan)
    {
        var drawn = new Dictionary<int, int>();
        return
        [
            .. plan.Crops.Select(crop =>
            {
                var time = drawn[crop.Utterance] = drawn.GetValueOrDefault(crop.Utterance, -1) + 1;
                return _draws.Of(plan.Step, _shards.Utterances[crop.Utterance].Id, time);
            }),
        ];
    }

    private void Augment(FeatureBatch batch, int slot, AugmentationDraw draw, float[] logMel, float[] noisy, float[] f0)
    {
        var crop = batch.Plan.Crops[slot];
        if (!batch.Plan.Reads(slot) || (draw.KeepsSpeech && draw.Noise is null))
            return;
        var mels = _augmentations.Use(augmentation => augmentation.Apply(crop, draw));
        if (!draw.KeepsSpeech)
            CopyRows(mels.Clean, crop.Frames, batch, slot, logMel);
        CopyRows(mels.Noisy, crop.Frames, batch, slot, noisy);
        foreach (ref var hertz in f0.AsSpan(slot * batch.Frames, crop.Frames))
            hertz *= (float)Math.Pow(2, draw.Semitones / 12);
    }

    private static void CopyRows(float[] mel, int frames, FeatureBatch batch, int slot, float[] target)
    {
        for (var band = 0; band < batch.Mels; band++)
            mel.AsSpan(band * frames, frames).CopyTo(target.AsSpan((slot * batch.Mels + band) * batch.Frames));
    }
}
