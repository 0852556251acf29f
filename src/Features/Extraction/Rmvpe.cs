using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// F0 by RMVPE (Wei et al. 2023): <see cref="RmvpeMel"/> [1, 128, T], T a multiple of 32, to salience [1, T, 360], every 10 ms. One
/// instance per thread.
/// </summary>
public sealed class Rmvpe(PretrainedNetwork network, SignalParameters parameters, RmvpeSettings settings) : IF0Extractor
{
    // The network halves time five times.
    private const int Multiple = 32;

    private readonly FrameGrid _grid = new(parameters);
    private readonly RmvpeMel _mel = new();

    public static NetworkSignature Signature { get; } = new(
        "RMVPE", new TensorShape("log-mel", "1", $"{RmvpeMel.Bands}", "T"), [new TensorShape("salience", "1", "T", $"{PitchSalience.Bins}")]);

    public float[] Compute(AudioBuffer audio)
    {
        var samples = Resampler.Resample(audio, RmvpeMel.SampleRate).Samples;
        var frames = RmvpeMel.Frames(samples.Length);
        var columns = (frames + Multiple - 1) / Multiple * Multiple;
        var salience = network.Run(_mel.Compute(samples, columns), 1, RmvpeMel.Bands, columns);
        if (salience.Sizes[1] < frames)
            throw network.Misfit($"gives {salience.Sizes[1]} frames of salience for {columns} of mel; as many are expected");
        return [.. Enumerable.Range(0, _grid.Frames(audio)).Select(frame => At(frame, salience.Values, frames))];
    }

    /// <summary>The nearest: F0 between a voiced and an unvoiced frame has no meaning.</summary>
    private float At(int frame, float[] salience, int frames)
    {
        var place = (int)Math.Round(_grid.Place(frame, 0, (double)RmvpeMel.Hop / RmvpeMel.SampleRate, frames));
        return PitchSalience.Decode(salience.AsSpan(place * PitchSalience.Bins, PitchSalience.Bins), settings.Threshold);
    }
}
