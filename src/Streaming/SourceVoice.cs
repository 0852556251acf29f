using Tmrvc.Audio;
using Tmrvc.Configuration;

namespace Tmrvc.Streaming;

/// <summary>What is measured of the voice that speaks before its stream begins, as a live program calibrates itself.</summary>
/// <param name="Range">Null where there is too little voiced speech.</param>
/// <param name="Gain">Brings the level to that of the training; 1 where there is silence only.</param>
public sealed record SourceVoice(PitchRange? Range, float Gain)
{
    /// <summary>Seconds at the beginning of a file.</summary>
    public const int MeasuredSeconds = 60;

    /// <exception cref="UnreadableAudioException">The file is no audio, damaged, or holds no samples.</exception>
    public static SourceVoice Of(string path, Constants constants)
    {
        using var stream = AudioFile.OpenAt(path, constants.SampleRate);
        var samples = stream.ReadAtMost(MeasuredSeconds * constants.SampleRate);
        var meter = new PitchRangeMeter();
        meter.Add(new Pitch(SignalParameters.From(constants)).Compute(samples));
        return new SourceVoice(meter.Range, GainOf(new AudioBuffer(samples, constants.SampleRate), constants.LoudnessTarget));
    }

    private static float GainOf(AudioBuffer audio, double targetLufs) => Loudness.IntegratedLufs(audio) is var loudness && double.IsFinite(loudness)
        ? (float)Math.Pow(10, (targetLufs - loudness) / 20)
        : 1;
}
