using System.Numerics.Tensors;
using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Log-mels of one crop after augmentation, [80, T].</summary>
internal readonly record struct AugmentedMels(float[] Clean, float[] Noisy);

/// <summary>Changes the waveform of one crop as drawn: F0, room, shelf, noise, in this order. One instance per thread.</summary>
internal sealed class SpeechAugmentation(
    FeatureShards shards, SegmentAudio audio, ImpulseResponseShards responses, NoiseBank noises, SignalParameters signal)
{
    /// <summary>Speech in a room is as loud as before, unless that took more than this: a pause after speech stays an echo.</summary>
    private const double MostGain = 2;

    /// <summary>Hops around a crop that a shift of F0 may disturb.</summary>
    private const int PitchMargin = 3;

    private readonly LogMel _logMel = new(signal);
    private readonly PitchShift _pitchShift = new(signal);
    private readonly FastConvolution _convolution = new();

    /// <summary>Hops under the first frame of a crop that lie before it.</summary>
    private int Lead => (signal.WindowLength - 1) / signal.HopLength;

    internal AugmentedMels Apply(Crop crop, AugmentationDraw draw)
    {
        var speech = Speech(crop, draw);
        if (draw.Shelf is { } shelf)
            new ShelfFilter(shelf.Kind, shelf.Hertz, shelf.Decibels, signal.SampleRate).Apply(speech);
        var clean = MelOf(speech, crop.Frames);
        if (draw.Noise is not { } noise)
            return new AugmentedMels(clean, clean);
        noises.Add(noise.Kind, noise.Offset, RootMeanSquare(speech) * Math.Pow(10, -noise.SnrDecibels / 20), speech);
        return new AugmentedMels(clean, MelOf(speech, crop.Frames));
    }

    /// <returns>The samples under the crop's frames, from those under its first frame on.</returns>
    private float[] Speech(Crop crop, AugmentationDraw draw)
    {
        var room = draw.Response is { } drawn ? responses.Samples(drawn) : [];
        var (before, after) = Surroundings(room.Length, draw);
        var first = Math.Max(-Lead, crop.Start - Lead - before);
        var dry = new float[(crop.Start + crop.Frames + after - first) * signal.HopLength];
        audio.Read(crop.Utterance, first * signal.HopLength, dry);
        if (draw.Semitones != 0)
            dry = _pitchShift.Shift(dry, PitchFrom(crop.Utterance, first, dry.Length / signal.HopLength), draw.Semitones);
        var start = (crop.Start - Lead - first) * signal.HopLength;
        var speech = dry.AsSpan(start, (Lead + crop.Frames) * signal.HopLength).ToArray();
        return draw.Response is { } response ? InRoom(dry, room, start + responses.Responses[response].Direct, speech) : speech;
    }

    private float[] InRoom(float[] dry, ReadOnlySpan<float> room, int offset, float[] speech)
    {
        var wet = new float[speech.Length];
        _convolution.Convolve(dry, room, offset, wet);
        var gain = Math.Clamp(RootMeanSquare(speech) / Math.Max(RootMeanSquare(wet), 1e-9), 1 / MostGain, MostGain);
        TensorPrimitives.Multiply(wet, (float)gain, wet);
        return wet;
    }

    /// <summary>Hops that are read before and after the crop.</summary>
    private (int Before, int After) Surroundings(int room, AugmentationDraw draw)
    {
        var margin = draw.Semitones == 0 ? 0 : PitchMargin;
        return room == 0 ? (margin, margin) : ((room + signal.HopLength - 1) / signal.HopLength + margin, 1 + margin);
    }

    /// <summary>[frames] F0 from a frame on that may lie before the utterance, 0 outside it.</summary>
    private float[] PitchFrom(int utterance, int first, int frames)
    {
        var known = shards.F0(utterance);
        var f0 = new float[frames];
        for (var frame = Math.Max(0, -first); frame < frames && first + frame < known.Length; frame++)
            f0[frame] = known[first + frame];
        return f0;
    }

    private float[] MelOf(float[] speech, int frames)
    {
        var mel = _logMel.Compute(speech);
        var cropped = new float[signal.NMels * frames];
        for (var band = 0; band < signal.NMels; band++)
            mel.AsSpan(band * (Lead + frames) + Lead, frames).CopyTo(cropped.AsSpan(band * frames));
        return cropped;
    }

    private static double RootMeanSquare(ReadOnlySpan<float> samples) => Math.Sqrt(TensorPrimitives.SumOfSquares(samples) / samples.Length);
}
