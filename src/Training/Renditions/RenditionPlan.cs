using Tmrvc.Corpora;
using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Decides which stretches of which utterances are said in whose voice: a pure function of shards, settings and seed.</summary>
public sealed class RenditionPlan
{
    private readonly FeatureShards _shards;
    private readonly RenditionSettings _settings;
    private readonly int[] _voices;

    public RenditionPlan(FeatureShards shards, RenditionSettings settings)
    {
        (_shards, _settings) = (shards, settings);
        _voices = [.. shards.Of(Split.Train).Select(shards.SpeakerOf).Distinct().Order()];
    }

    /// <summary>In the order of the shards; conversions are to voices of the training split.</summary>
    public IEnumerable<Rendition> Of(Split split) => _shards.Of(split)
        .Where(utterance => _shards.Utterances[utterance].Frames >= _settings.MinFrames)
        .SelectMany(utterance => Enumerable.Range(0, _settings.PerUtterance).Select(time => Draw(utterance, time)));

    /// <summary>At most so many of the split's, taken evenly over it.</summary>
    public IEnumerable<Rendition> Spread(Split split, int most) => Of(split).ToList().Evenly(most);

    private Rendition Draw(int utterance, int time)
    {
        using var random = new StepRandom(_settings.Seed, step: utterance, stream: time, CPU);
        var (total, own, drawn) = (_shards.Utterances[utterance].Frames, _shards.SpeakerOf(utterance), random.Fractions(3));
        var frames = Math.Min(total, _settings.Frames);
        var crop = new Crop(utterance, (int)((double)drawn[0] * (total - frames + 1)), frames);
        return new(crop, drawn[1] < _settings.Conversions ? Another(own, drawn[2]) : own, time);
    }

    private int Another(int own, double fraction)
    {
        var others = _voices.Where(voice => voice != own).ToArray();
        return others.Length == 0 ? own : others[(int)(fraction * others.Length)];
    }
}
