using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>Whether a voice was made by the networks that are to speak with it.</summary>
public static class ProfileOrigin
{
    /// <param name="path">Of the profile.</param>
    /// <returns>What speaks against it, or cannot be told.</returns>
    /// <exception cref="ConversionException">What was fine-tuned is another converter than that of <paramref name="models"/>.</exception>
    /// <exception cref="InvalidDataException">metadata.json cannot be read.</exception>
    public static IEnumerable<string> Doubts(string path, SpeakerProfileMetadata profile, ModelFolder models)
    {
        var encoder = models.FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32);
        if (profile.SpeakerEncoderSha256 is not { } made)
            yield return $"{path}: does not say which speaker encoder made it; if it is not that of {models.Path}, enrol the voice again";
        else if (File.Exists(encoder) && FileSha256.Of(encoder) is var found && found != made)
            yield return $"{path}: was made by the speaker encoder {FileSha256.Short(made)}, that of {models.Path} is {FileSha256.Short(found)}; enrol the voice again";
        if (profile.TrainingMode == SpeakerProfileMetadata.FewShot && Doubt(path, profile, models) is { } doubt)
            yield return doubt;
    }

    private static string? Doubt(string path, SpeakerProfileMetadata profile, ModelFolder models)
    {
        if (profile.ConverterSha256 is not { } tuned)
            return $"{path}: does not say which converter was fine-tuned; if it is not that of {models.Path}, enrol the voice again";
        if (ModelManifest.Read(models)?.StudentSha256.GetValueOrDefault(NetworkNames.ConverterWeights) is not { } converter)
            return $"{path}: fine-tunes the converter {FileSha256.Short(tuned)}; {models.Metadata} does not say whether that is the one here";
        return converter == tuned ? null : throw new ConversionException(
            $"{path}: fine-tunes the converter {FileSha256.Short(tuned)}, that of {models.Path} is {FileSha256.Short(converter)}; "
            + "enrol the voice again by --target=Enroll, or choose the networks that it was made for by --models=DIR");
    }
}
