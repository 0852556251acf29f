using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>
/// The losses that listen against implementations of loss and network that share nothing with them, in float64: padded utterances, an
/// exchanged voice, a speaker that was not told, weights by time.
/// </summary>
public sealed class TeacherLossReferenceTests
{
    private const int Mels = 6;
    private const int Frames = 14;
    private static readonly int[] Lengths = [14, 11, 8];
    private static readonly double[] Times = [0.2, 0.5, 0.9];
    private static readonly int[] Voices = [2, 1, 2];
    private static readonly double[] Told = [1, 1, 0];

    private DisposeScope _scope = null!;
    private SpeakerEncoder _encoder = null!;
    private TeacherVocoder _vocoder = null!;

    [SetUp]
    public void Build()
    {
        _scope = NewDisposeScope();
        _encoder = new SpeakerEncoder(new() { Mels = Mels, Embedding = 10, Channels = 16, Scale = 4, Squeeze = 8 }, seed: 2);
        _vocoder = new TeacherVocoder(new() { Mels = Mels, Channels = 8, Blocks = 2 }, seed: 3);
        _encoder.to(ScalarType.Float64);
        _vocoder.to(ScalarType.Float64);
    }

    [TearDown]
    public void Release()
    {
        _encoder.Dispose();
        _vocoder.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void A_loss_and_its_slope_in_several_directions_are_those_of_an_independent_implementation([Values("speaker", "stft")] string which)
    {
        ITeacherLoss loss = which == "speaker" ? new SpeakerLoss(_encoder, 1, TimeWeighting.Falling) : new WaveformLoss(_vocoder, 1, TimeWeighting.Falling);
        Func<double[], double> reference = which == "speaker" ? SpeakerReference(new(_encoder)) : WaveformReference(new(_vocoder));
        var velocity = Draw(3);
        var given = On(velocity).requires_grad_();
        var value = loss.Evaluate(Prediction(given)).Value;
        value.backward();
        var gradient = given.grad!.contiguous().data<double>().ToArray();
        Assert.That(value.ToDouble(), Is.EqualTo(reference(velocity)).Within(1e-6));
        for (var direction = 0; direction < 3; direction++)
        {
            var towards = Draw(20 + direction);
            var slope = gradient.Zip(towards, (g, d) => g * d).Sum();
            var numeric = (reference(Moved(velocity, towards, 1e-5)) - reference(Moved(velocity, towards, -1e-5))) / 2e-5;
            Assert.That(slope, Is.EqualTo(numeric).Within(1e-5 + 1e-3 * Math.Abs(numeric)), $"direction {direction}");
            Assert.That(Math.Abs(numeric), Is.GreaterThan(1e-4), "and it is a slope");
        }
    }

    private static Func<double[], double> SpeakerReference(NaiveSpeakerEncoder encoder)
    {
        var recorded = Enumerable.Range(0, 3).Select(b => encoder.Embed(Rows(Draw(1), b))).ToArray();
        var dry = Enumerable.Range(0, 3).Select(b => encoder.Embed(Rows(Draw(4), b))).ToArray();
        return velocity => Weighted(b => Told[b], b =>
        {
            var wanted = Voices[b] == b ? recorded[b] : dry[Voices[b]];
            return 1 - encoder.Embed(Rows(EstimatedClean(velocity), b)).Zip(wanted, (x, y) => x * y).Sum();
        });
    }

    private static Func<double[], double> WaveformReference(NaiveVocoder vocoder)
    {
        var recorded = Enumerable.Range(0, 3).Select(b => Spectra(vocoder, Draw(1), b)).ToArray();
        return velocity => Weighted(b => Voices[b] == b ? 1 : 0, b =>
        {
            var generated = Spectra(vocoder, EstimatedClean(velocity), b);
            return StftResolution.Standard.Index().Average(resolution =>
                Distance(generated[resolution.Index], recorded[b][resolution.Index], Lengths[b] * 240 / (double)resolution.Item.Hop));
        });
    }

    private static double[][,] Spectra(NaiveVocoder vocoder, double[] mels, int b)
    {
        double[] waveform = [.. vocoder.Speak(Rows(mels, b)), .. new double[(Frames - Lengths[b]) * 240]];
        return [.. StftResolution.Standard.Select(resolution => NaiveSpectrum.Magnitudes(waveform, resolution))];
    }

    private static double Distance(double[,] made, double[,] wanted, double framesInside)
    {
        double difference = 0, energy = 0, logarithms = 0;
        var (bins, frames, inside) = (made.GetLength(0), made.GetLength(1), 0);
        for (var frame = 0; frame < frames; frame++)
        {
            if (frame < framesInside) inside++;
            for (var bin = 0; bin < bins; bin++)
            {
                var (m, w) = (Math.Sqrt(made[bin, frame] * made[bin, frame] + 1e-9), Math.Sqrt(wanted[bin, frame] * wanted[bin, frame] + 1e-9));
                (difference, energy) = (difference + (w - m) * (w - m), energy + w * w);
                if (frame < framesInside) logarithms += Math.Abs(Math.Log(w) - Math.Log(m));
            }
        }
        return Math.Sqrt(difference / energy) + logarithms / (inside * bins);
    }

    /// <summary>The mean over the utterances that count, each times (1 − t) / ½.</summary>
    private static double Weighted(Func<int, double> counts, Func<int, double> cost) =>
        Enumerable.Range(0, 3).Where(b => counts(b) > 0).Average(b => 2 * (1 - Times[b]) * cost(b));

    private static double[] EstimatedClean(double[] velocity)
    {
        var (clean, noise) = (Draw(1), Draw(2));
        return [.. velocity.Select((v, i) => (1 - TimeOf(i)) * clean[i] + TimeOf(i) * noise[i] - TimeOf(i) * v)];
    }

    private static double TimeOf(int index) => Times[index / (Mels * Frames)];

    /// <summary>[bands][frames inside the length]</summary>
    private static double[][] Rows(double[] values, int b) =>
        [.. Enumerable.Range(0, Mels).Select(band => values.AsSpan((b * Mels + band) * Frames, Lengths[b]).ToArray())];

    private static double[] Moved(double[] from, double[] towards, double by) => [.. from.Zip(towards, (x, d) => x + by * d)];

    private static FlowPrediction Prediction(Tensor velocity)
    {
        var (clean, noise, time) = (On(Draw(1)), On(Draw(2)), tensor(Times, [3]));
        var mask = stack([.. Lengths.Select(length => arange(Frames).lt(length).to(ScalarType.Float64).unsqueeze(0))]);
        return new FlowPrediction(clean, noise, time, RectifiedFlow.Position(clean, noise, time), velocity, mask)
        {
            Voices = new(tensor([.. Voices.Select((voice, b) => voice == b ? 0.0 : 1)], [3]), tensor([.. Voices.Select(voice => (long)voice)], [3])),
            Told = tensor(Told, [3]),
            Recorded = On(Draw(4)),
        };
    }

    private static Tensor On(double[] values) => tensor(values, [3, Mels, Frames]);

    private static double[] Draw(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3 * Mels * Frames).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
