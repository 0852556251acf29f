using Tmrvc.Audio;
using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Augmentation;

/// <summary>
/// The same changes made to the log-mel alone, as well as that can be done, and how far they are from those of the waveform: the mean
/// over all bands and frames that are not silent.
/// </summary>
internal sealed class MelDomain(SpeechCorpus corpus)
{
    private const int Batch = 8;
    private const int Frames = 160;

    /// <summary>Natural log of mel power that counts as silence.</summary>
    private const double Silence = -11.5;

    private static readonly AugmentationSettings Nothing = new()
    {
        RoomProbability = 0, ShelfProbability = 0, NoiseProbability = 0, PitchProbability = 0,
    };

    private readonly LogMel _logMel = new(SpeechCorpus.Signal);
    private readonly NoiseBank _noises = new(corpus.Audio, [0], SpeechCorpus.Signal.SampleRate, seed: 1);

    public IEnumerable<(string What, double Decibels)> Errors()
    {
        yield return ("shelf", Error(Nothing with { ShelfProbability = 1 }, (batch, slot, draw) => Shelved(batch, slot, draw.Shelf!)));
        yield return ("noise", Error(Nothing with { NoiseProbability = 1 }, (batch, slot, draw) => Noisy(batch, slot, draw.Noise!)));
        yield return ("room", Error(Nothing with { RoomProbability = 1 }, (batch, slot, draw) => InRoom(batch, slot, draw.Response!.Value)));
    }

    private double Error(AugmentationSettings settings, Func<FeatureBatch, int, AugmentationDraw, double[]> onMel)
    {
        var batch = corpus.Batch(Batch, Frames);
        var augmented = corpus.Augmenter(settings).Augment(batch);
        var errors = new List<double>();
        for (var slot = 0; slot < Batch; slot++)
        {
            var approximate = onMel(batch, slot, augmented.Draws[slot]);
            for (var i = 0; i < approximate.Length; i++)
                if (augmented.NoisyLogMel[slot * approximate.Length + i] is var exact && exact > Silence)
                    errors.Add(Math.Abs(10 * Math.Log10(approximate[i]) - 10 / Math.Log(10) * exact));
        }
        return errors.Average();
    }

    /// <summary>Each band raised by what the shelf does to noise in it.</summary>
    private double[] Shelved(FeatureBatch batch, int slot, ShelfDraw shelf)
    {
        var noise = new float[48000];
        _noises.Add(NoiseKind.White, 0, 0.1, noise);
        var before = MeanPower(noise);
        new ShelfFilter(shelf.Kind, shelf.Hertz, shelf.Decibels, SpeechCorpus.Signal.SampleRate).Apply(noise);
        var gain = MeanPower(noise).Zip(before, (after, white) => after / white).ToArray();
        return Power(batch, slot, (band, _, power) => power * gain[band]);
    }

    /// <summary>The noise's mean power added to each band.</summary>
    private double[] Noisy(FeatureBatch batch, int slot, NoiseDraw draw)
    {
        var (speech, noise) = (new float[(Frames + 3) * 240], new float[48000]);
        corpus.Audio.Read(batch.Plan.Crops[slot].Utterance, (batch.Plan.Crops[slot].Start - 3) * 240, speech);
        var amplitude = Math.Sqrt(speech.Average(sample => sample * sample)) * Math.Pow(10, -draw.SnrDecibels / 20);
        _noises.Add(draw.Kind, draw.Offset, amplitude, noise);
        var added = MeanPower(noise);
        return Power(batch, slot, (band, _, power) => power + added[band]);
    }

    /// <summary>Powers convolved over time in each band: what a room does to the envelope of incoherent sound.</summary>
    private double[] InRoom(FeatureBatch batch, int slot, int response)
    {
        var samples = corpus.Rooms.Samples(response);
        var direct = corpus.Rooms.Responses[response].Direct;
        var echo = new float[samples.Length + 1200 - direct];
        samples[direct..].CopyTo(echo.AsSpan(479));
        var impulse = new float[echo.Length];
        impulse[479] = 1;
        var (wet, dry) = (Bands(echo), Bands(impulse).Select(row => row.Sum()).ToArray());
        var power = Power(batch, slot, (_, _, value) => value);
        var result = Power(batch, slot, (band, frame, _) => Enumerable.Range(0, Math.Min(frame + 1, wet[band].Length))
            .Sum(delay => power[band * batch.Frames + frame - delay] * wet[band][delay] / dry[band]));
        var gain = power.Sum() / result.Sum();
        return [.. result.Select(value => value * gain)];
    }

    private double[] Power(FeatureBatch batch, int slot, Func<int, int, double, double> change)
    {
        var size = batch.Mels * batch.Frames;
        return [.. Enumerable.Range(0, size).Select(i => change(i / batch.Frames, i % batch.Frames, Math.Exp(batch.LogMel[slot * size + i])))];
    }

    /// <summary>[80] power over time.</summary>
    private double[] MeanPower(float[] samples) => [.. Bands(samples).Select(row => row.Skip(3).Average())];

    /// <summary>[80][T] power.</summary>
    private double[][] Bands(float[] samples)
    {
        var mel = _logMel.Compute(samples);
        return [.. mel.Select(value => Math.Exp(value)).Chunk(mel.Length / SpeechCorpus.Signal.NMels)];
    }
}
