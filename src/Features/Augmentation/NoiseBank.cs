using System.Numerics.Tensors;
using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>What noise is made of.</summary>
public enum NoiseKind
{
    /// <summary>Equal power at all frequencies.</summary>
    White,

    /// <summary>−3 dB per octave.</summary>
    Pink,

    /// <summary>The long-term spectrum of speech.</summary>
    SpeechShaped,

    /// <summary>Mains: 50 Hz and its harmonics, 6 dB per octave down.</summary>
    Hum,

    /// <summary>Six talkers of the training corpora at once.</summary>
    Babble,
}

/// <summary>22 seconds of each kind of noise, of mean power 1, without a seam from end to beginning. Safe on several threads.</summary>
public sealed class NoiseBank
{
    /// <summary>Samples of each noise.</summary>
    internal const int Length = 1 << 19;

    private const int Talkers = 6;
    private const double MainsHertz = 50;
    private const double HighestHarmonicHertz = 2000;

    private readonly float[][] _noises;

    /// <param name="speech">Where the babble is from.</param>
    /// <param name="utterances">Those that may be heard in it, at least one.</param>
    public NoiseBank(SegmentAudio speech, IReadOnlyList<int> utterances, int sampleRate, long seed)
    {
        var random = KeyedRandom.Seed(seed).For(RandomDomain.Noises);
        _noises =
        [
            Shaped(_ => 1, sampleRate, random.At(0)),
            Shaped(hertz => 1 / Math.Max(hertz, 20), sampleRate, random.At(1)),
            Shaped(SpeechSpectrum.Power, sampleRate, random.At(2)),
            Shaped(Mains(sampleRate), sampleRate, random.At(3)),
            Babble(speech, utterances, random.At(4)),
        ];
    }

    /// <summary>Adds noise to <paramref name="samples"/>.</summary>
    /// <param name="amplitude">Root of its mean power.</param>
    public void Add(NoiseKind kind, int offset, double amplitude, Span<float> samples)
    {
        var noise = _noises[(int)kind];
        for (var done = 0; done < samples.Length;)
        {
            var part = noise.AsSpan((offset + done) % Length);
            var count = Math.Min(part.Length, samples.Length - done);
            var target = samples.Slice(done, count);
            TensorPrimitives.MultiplyAdd(part[..count], (float)amplitude, target, target);
            done += count;
        }
    }

    private static float[] Shaped(Func<double, double> power, int sampleRate, KeyedRandom random)
    {
        var fft = new RealFft(Length);
        var (spectrum, samples) = (new ComplexFloat[fft.Bins], new float[Length]);
        for (var bin = 1; bin < spectrum.Length - 1; bin++)
        {
            var (sine, cosine) = Math.SinCos(random.At(bin).Between(0, 2 * Math.PI));
            var amplitude = Math.Sqrt(power(bin * (double)sampleRate / Length));
            spectrum[bin] = new ComplexFloat((float)(amplitude * cosine), (float)(amplitude * sine));
        }
        fft.Inverse(spectrum, samples);
        return OfPowerOne(samples);
    }

    /// <summary>Harmonics at the nearest bins, so that the noise has no seam.</summary>
    private static Func<double, double> Mains(int sampleRate)
    {
        var hertzPerBin = sampleRate / (double)Length;
        return hertz =>
        {
            var harmonic = Math.Round(hertz / MainsHertz);
            var isNearest = Math.Round(harmonic * MainsHertz / hertzPerBin) == Math.Round(hertz / hertzPerBin);
            return harmonic >= 1 && hertz <= HighestHarmonicHertz && isNearest ? 1 / (harmonic * harmonic) : 0;
        };
    }

    private static float[] Babble(SegmentAudio speech, IReadOnlyList<int> utterances, KeyedRandom random)
    {
        var sum = new float[Length];
        for (var talker = 0; talker < Talkers; talker++)
            for (int filled = 0, turn = 0; filled < Length; turn++)
            {
                var utterance = utterances[random.At(talker).At(turn).Below(utterances.Count)];
                var said = new float[Math.Min(speech.SamplesOf(utterance), Length - filled)];
                speech.Read(utterance, 0, said);
                var target = sum.AsSpan(filled, said.Length);
                TensorPrimitives.Add(said, target, target);
                filled += said.Length;
            }
        return OfPowerOne(sum);
    }

    private static float[] OfPowerOne(float[] samples)
    {
        TensorPrimitives.Divide(samples, MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(samples) / samples.Length), samples);
        return samples;
    }
}
