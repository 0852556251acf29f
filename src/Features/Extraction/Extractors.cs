using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Makes the extractors that settings choose.</summary>
/// <param name="file">Path of a file or folder by the name of the stage's input.</param>
internal sealed class Extractors(SignalParameters parameters, FeaturesSettings settings, Func<string, string> file)
{
    internal string File(string input) => file(input);

    internal IContentExtractor Content() => settings.Content switch
    {
        ContentKind.Cepstra => new CepstralContent(parameters.NMels, settings.Cepstra),
        var other => throw new ArgumentOutOfRangeException(nameof(settings), other, "Extractors: unknown kind of content."),
    };

    internal IF0Extractor F0() => settings.F0 switch
    {
        F0Kind.Pyin => new PyinF0(parameters, settings.Pitch),
        var other => throw new ArgumentOutOfRangeException(nameof(settings), other, "Extractors: unknown kind of F0."),
    };
}
