namespace Tmrvc.Export;

/// <summary>A checksum is right for infinities too, and one of them would silence every frame of a conversion.</summary>
internal static class SpeakerProfileNumbers
{
    /// <exception cref="SpeakerProfileException">A value is infinite or no number.</exception>
    internal static void Require(SpeakerProfile profile)
    {
        Require("embedding", profile.Embedding);
        Require("LoRA delta", profile.LoraDelta);
    }

    private static void Require(string name, float[] values)
    {
        var place = Array.FindIndex(values, value => !float.IsFinite(value));
        if (place >= 0)
            throw new SpeakerProfileException($"has {values[place]} at place {place} of its {name}, finite numbers are allowed");
    }
}
