using Tmrvc.Audio;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Draws stretches of segments, equally often from every speaker. Safe on several threads.</summary>
public sealed class SpeechCrops
{
    private readonly SignalParameters _signal;
    private readonly TrainingSettings _settings;
    private readonly bool _tracksPitch;
    private readonly List<(string Path, Utterance Utterance)> _segments = [];
    private readonly LengthBucketSampler _sampler;

    /// <param name="folders">Of segments, with their index; one per corpus.</param>
    /// <param name="tracksPitch">Whether batches come with their F0.</param>
    /// <exception cref="InvalidDataException">An index is broken.</exception>
    /// <exception cref="ArgumentException">No training utterance is long enough.</exception>
    public SpeechCrops(IEnumerable<string> folders, SignalParameters signal, TrainingSettings settings, bool tracksPitch = false)
    {
        (_signal, _settings, _tracksPitch) = (signal, settings, tracksPitch);
        foreach (var folder in folders)
            _segments.AddRange(UtteranceIndex.Read(folder).Select(utterance => (Path.Combine(folder, utterance.Path), utterance)));
        var sampling = new SamplerSettings { BatchSize = settings.BatchSize, MinFrames = settings.Frames, MaxFrames = settings.Frames };
        _sampler = new LengthBucketSampler(Items(Split.Train), sampling, settings.Seed);
    }

    public WaveformBatch Draw(long index) => Read(_sampler.Plan(index));

    /// <summary>So many stretches; they are all of one length.</summary>
    public WaveformBatch Few(int size)
    {
        var crops = _sampler.Plan(0).Crops;
        return Read(new BatchPlan(0, [.. Enumerable.Range(0, size).Select(n => crops[n % crops.Count])]));
    }

    /// <summary>The beginnings of utterances of the validation split, evenly over it.</summary>
    public IReadOnlyList<WaveformBatch> Validation()
    {
        var usable = Items(Split.Validation).Where(item => item.Frames >= _settings.Frames).ToList();
        var wanted = Math.Min(usable.Count, _settings.BatchSize * _settings.ValidationBatches);
        return [.. Enumerable.Range(0, wanted)
            .Select(n => new Crop(usable[(int)((long)n * usable.Count / wanted)].Utterance, 0, _settings.Frames))
            .Chunk(_settings.BatchSize)
            .Select((crops, step) => Read(new BatchPlan(step, crops)))];
    }

    private IEnumerable<SamplerItem> Items(Split split)
    {
        var speakers = _segments.Select(segment => segment.Utterance.SpeakerKey).Distinct().Order(StringComparer.Ordinal)
            .Select((speaker, index) => (speaker, index)).ToDictionary(pair => pair.speaker, pair => pair.index);
        return _segments.Select((segment, index) => (segment.Utterance, index)).Where(entry => entry.Utterance.Split == split)
            .Select(entry => new SamplerItem(entry.index, speakers[entry.Utterance.SpeakerKey], Frames(entry.Utterance)));
    }

    /// <summary>Whole hops; the index rounds the length to a tenth of a millisecond.</summary>
    private int Frames(Utterance utterance) => (int)((utterance.Seconds - 1e-4) * _signal.SampleRate / _signal.HopLength);

    private WaveformBatch Read(BatchPlan plan)
    {
        float[][] speech = [.. plan.Crops.Select(Samples)];
        var name = string.Join(", ", plan.Crops.Select(crop => $"{_segments[crop.Utterance].Utterance.Id} [{crop.Start}+{crop.Frames}]"));
        return new WaveformBatch(name, [.. speech.SelectMany(samples => samples)], plan.Crops.Count) { F0 = _tracksPitch ? F0(speech) : null };
    }

    private float[] F0(float[][] speech)
    {
        var pitch = new Pitch(_signal);
        return [.. speech.SelectMany(samples => pitch.Compute(samples))];
    }

    private float[] Samples(Crop crop)
    {
        var samples = new float[crop.Frames * _signal.HopLength];
        AudioFile.ReadStretch(_segments[crop.Utterance].Path, crop.Start * _signal.HopLength, samples);
        return samples;
    }
}
