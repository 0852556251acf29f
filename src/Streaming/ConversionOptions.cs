using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>Which of the exported networks convert.</summary>
public sealed record ConversionOptions
{
    public WeightPrecision Precision { get; init; } = WeightPrecision.Float32;

    /// <summary>Whether the converter sees six frames of the future: better, and 60 ms later.</summary>
    public bool LooksAhead { get; init; }

    /// <summary>What a conversion opens of a folder.</summary>
    public IEnumerable<string> FilesOf(ModelFolder models) =>
        new[] { NetworkNames.ContentEncoder, LooksAhead ? NetworkNames.ConverterHq : NetworkNames.Converter, NetworkNames.Vocoder, NetworkNames.IrEstimator }
            .Select(network => models.FileOf(network, Precision));
}
