using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Configuration;

namespace Tmrvc.Streaming;

/// <summary>
/// What is measured of the voice that speaks before its stream begins, as a live program calibrates itself: on the first minute in which
/// enough voiced speech is found.
/// </summary>
/// <param name="Range">As heard at the level of the training; null where there is too little voiced speech in every minute.</param>
/// <param name="Gain">Brings the level to that of the training, or as near as full scale allows; 1 where there is silence only.</param>
public sealed record SourceVoice(PitchRange? Range, float Gain)
{
    /// <summary>Seconds at a time.</summary>
    public const int MeasuredSeconds = 60;

    private const float PeakCeiling = 0.999f;

    /// <summary>A peak at which 16 bits have three steps: below it there is no speech, whatever the gain.</summary>
    private const float LowestPeak = 1e-4f;

    /// <exception cref="UnreadableAudioException">The file is no audio, damaged, or holds no samples.</exception>
    public static SourceVoice Of(string path, Constants constants)
    {
        using var stream = AudioFile.OpenAt(path, constants.SampleRate);
        SourceVoice? loud = null;
        for (float[] minute; (minute = stream.ReadAtMost(MeasuredSeconds * constants.SampleRate)).Length > 0;)
        {
            if (Measured(minute, constants) is not { } voice)
                continue;
            if (voice.Range is not null)
                return voice;
            loud ??= voice;
        }
        return loud ?? new SourceVoice(null, 1);
    }

    /// <summary>Raised to full scale before its level is measured, so that a quiet recording is gated like a loud one.</summary>
    /// <returns>Null for silence.</returns>
    private static SourceVoice? Measured(float[] samples, Constants constants)
    {
        var peak = Math.Abs(TensorPrimitives.MaxMagnitude<float>(samples));
        if (peak < LowestPeak)
            return null;
        var raised = Scaled(samples, PeakCeiling / peak);
        var loudness = Loudness.IntegratedLufs(new AudioBuffer(raised, constants.SampleRate));
        if (!double.IsFinite(loudness))
            return null;
        var share = (float)Math.Min(1, Math.Pow(10, (constants.LoudnessTarget - loudness) / 20));
        return new SourceVoice(RangeOf(Scaled(raised, share), constants), share * PeakCeiling / peak);
    }

    private static PitchRange? RangeOf(float[] samples, Constants constants)
    {
        var meter = new PitchRangeMeter();
        meter.Add(new Pitch(SignalParameters.From(constants)).Compute(samples));
        return meter.Range;
    }

    private static float[] Scaled(float[] samples, float gain)
    {
        var scaled = new float[samples.Length];
        TensorPrimitives.Multiply(samples, gain, scaled);
        return scaled;
    }
}
