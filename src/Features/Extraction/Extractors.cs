using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Makes the extractors that settings choose. Safe for several threads, which share what the extractors read from files.</summary>
/// <param name="file">Path of a file or folder by the name of the stage's input.</param>
/// <param name="tell">Receives lines for people.</param>
public sealed class Extractors(SignalParameters parameters, FeaturesSettings settings, Func<string, string> file, Action<string>? tell = null)
    : IDisposable
{
    private readonly PretrainedNetworks _networks = new(file, settings.Provider, tell);
    private readonly Lazy<PhoneModel> _phones = new(() => PhoneModel.Load(file(PhoneContent.Input)));

    internal SignalParameters Parameters => parameters;

    internal IContentExtractor Content() => settings.Content switch
    {
        ContentKind.Cepstra => new CepstralContent(parameters.NMels, settings.Cepstra),
        ContentKind.Phones => new PhoneContent(_phones.Value, settings.Phones, parameters),
        ContentKind.ContentVec => new ContentVec(_networks[PretrainedNetworks.ContentVec, ContentVec.Signature], parameters),
        var other => throw new ArgumentOutOfRangeException(nameof(settings), other, "Extractors: unknown kind of content."),
    };

    /// <summary>D, without opening a network for it.</summary>
    internal int ContentRows => settings.Content == ContentKind.ContentVec ? ContentVec.Size : Content().Dimension;

    /// <summary>How the content's frames lie to those of the mel, without reading what the extractor is made from.</summary>
    internal static ContentGrid GridOf(FeaturesSettings settings, SignalParameters parameters) =>
        settings.Content == ContentKind.ContentVec ? ContentVec.GridOf(parameters) : ContentGrid.OfMel;

    /// <exception cref="NetworkException">The network's file is not what it should be.</exception>
    public IF0Extractor F0() => settings.F0 switch
    {
        F0Kind.Pyin => new PyinF0(parameters, settings.Pitch),
        F0Kind.Rmvpe => new Rmvpe(_networks[PretrainedNetworks.Rmvpe, Rmvpe.Signature], parameters, settings.Rmvpe),
        var other => throw new ArgumentOutOfRangeException(nameof(settings), other, "Extractors: unknown kind of F0."),
    };

    /// <returns>Null where embeddings are none of the features.</returns>
    internal Ecapa? Speaker() =>
        settings.Speaker == SpeakerKind.Ecapa ? new Ecapa(_networks[PretrainedNetworks.Ecapa, Ecapa.Signature]) : null;

    public void Dispose() => _networks.Dispose();
}
