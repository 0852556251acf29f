namespace Tmrvc.Contract;

/// <summary>A checksum is right for infinities too, and one of them would silence every frame of a conversion.</summary>
internal static class SpeakerProfileNumbers
{
    private const double LowestHertz = 20, HighestHertz = 2000, MostDeviation = 2;

    /// <exception cref="SpeakerProfileException">A value is infinite or no number, or the range of F0 is no voice's.</exception>
    internal static void Require(SpeakerProfile profile)
    {
        Require("embedding", profile.Embedding);
        Require("LoRA delta", profile.LoraDelta);
        Require("log_f0_mean", profile.Metadata.LogF0Mean, Math.Log(LowestHertz), Math.Log(HighestHertz));
        Require("log_f0_deviation", profile.Metadata.LogF0Deviation, 0, MostDeviation);
        RequireHash("speaker_encoder_sha256", profile.Metadata.SpeakerEncoderSha256);
        RequireHash("converter_sha256", profile.Metadata.ConverterSha256);
    }

    private static void Require(string name, float[] values)
    {
        var place = Array.FindIndex(values, value => !float.IsFinite(value));
        if (place >= 0)
            throw new SpeakerProfileException($"has {values[place]} at place {place} of its {name}, finite numbers are allowed");
    }

    private static void RequireHash(string field, string? value)
    {
        if (value is not null && !FileSha256.IsOne(value))
            throw new SpeakerProfileException($"has a {field} of {value.Length} characters, 64 lower-case hexadecimal digits are allowed");
    }

    private static void Require(string field, double? value, double least, double most)
    {
        if (value is { } given && !(given >= least && given <= most))
            throw new SpeakerProfileException(FormattableString.Invariant($"has {given} as {field}, {least:0.##} to {most:0.##} are allowed"));
    }
}
