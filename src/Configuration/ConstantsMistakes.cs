using System.Globalization;

namespace Tmrvc.Configuration;

/// <summary>What the constants must be for frames, bands and networks to exist, and for those that say one thing twice to agree.</summary>
internal static class ConstantsMistakes
{
    /// <summary>The relations only where every number by itself is possible: none is judged by a size that is wrong already.</summary>
    public static IEnumerable<(string Property, string Message)> Of(Constants constants)
    {
        var alone = Sizes(constants).Concat(Levels(constants)).ToList();
        return alone.Count > 0 ? alone : [.. Frames(constants), .. Bands(constants), .. Networks(constants)];
    }

    private static IEnumerable<(string Property, string Message)> Sizes(Constants constants) =>
        from size in SizesOf(constants)
        where size.Value < size.Least
        select (SnakeCase.Of(size.Name), $"found {size.Value}, {size.Least} or more is allowed");

    private static (string Name, int Value, int Least)[] SizesOf(Constants constants) =>
    [
        (nameof(Constants.SampleRate), constants.SampleRate, 1),
        (nameof(Constants.NFft), constants.NFft, 2),
        (nameof(Constants.HopLength), constants.HopLength, 1),
        (nameof(Constants.WindowLength), constants.WindowLength, 1),
        (nameof(Constants.NMels), constants.NMels, 1),
        (nameof(Constants.NFreqBins), constants.NFreqBins, 1),
        (nameof(Constants.DContentVec), constants.DContentVec, 1),
        (nameof(Constants.DContent), constants.DContent, 1),
        (nameof(Constants.DSpeaker), constants.DSpeaker, 1),
        (nameof(Constants.NIrParams), constants.NIrParams, 1),
        (nameof(Constants.DConverterHidden), constants.DConverterHidden, 1),
        (nameof(Constants.DVocoderFeatures), constants.DVocoderFeatures, 1),
        (nameof(Constants.TeacherNHeads), constants.TeacherNHeads, 1),
        (nameof(Constants.IrUpdateInterval), constants.IrUpdateInterval, 1),
        (nameof(Constants.MaxLookaheadHops), constants.MaxLookaheadHops, 0),
        (nameof(Constants.ContentEncoderState), constants.ContentEncoderState, 1),
        (nameof(Constants.ConverterState), constants.ConverterState, 1),
        (nameof(Constants.ConverterHqState), constants.ConverterHqState, 1),
        (nameof(Constants.VocoderState), constants.VocoderState, 1),
        (nameof(Constants.IrEstimatorState), constants.IrEstimatorState, 1),
        (nameof(Constants.LoraRank), constants.LoraRank, 1),
        (nameof(Constants.LoraLayers), constants.LoraLayers, 0),
        (nameof(Constants.LoraDelta), constants.LoraDelta, 1),
        (nameof(Constants.GtmEntries), constants.GtmEntries, 1),
        (nameof(Constants.GtmDim), constants.GtmDim, 1),
        (nameof(Constants.GtmHeads), constants.GtmHeads, 1),
    ];

    private static IEnumerable<(string Property, string Message)> Levels(Constants constants)
    {
        if (constants.LogFloor <= 0)
            yield return ("log_floor", $"found {Text(constants.LogFloor)}, above 0 is allowed");
        if (constants.LoudnessTarget is < -70 or > 0)
            yield return ("loudness_target", $"found {Text(constants.LoudnessTarget)}, -70 to 0 is allowed");
    }

    private static IEnumerable<(string Property, string Message)> Frames(Constants constants)
    {
        var (fft, window, hop) = (constants.NFft, constants.WindowLength, constants.HopLength);
        if (window % hop != 0)
            yield return ("window_length", $"found {window}, a multiple of hop_length ({hop}) is allowed");
        if (fft < window || fft % 2 != 0)
            yield return ("n_fft", $"found {fft}, an even number from window_length ({window}) up is allowed");
        else if (constants.NFreqBins != fft / 2 + 1)
            yield return ("n_freq_bins", $"found {constants.NFreqBins}, n_fft / 2 + 1 ({fft / 2 + 1}) is allowed");
        if (constants.DVocoderFeatures != constants.NFreqBins)
            yield return ("d_vocoder_features", $"found {constants.DVocoderFeatures}, n_freq_bins ({constants.NFreqBins}) is allowed: they are the bins' magnitudes");
    }

    private static IEnumerable<(string Property, string Message)> Bands(Constants constants)
    {
        var (edges, highest) = (constants.IrSubbandEdgesHz, constants.SampleRate / 2.0);
        if (constants.MelFmin < 0 || constants.MelFmin >= constants.MelFmax)
            yield return ("mel_fmin", $"found {Text(constants.MelFmin)}, 0 to below mel_fmax ({Text(constants.MelFmax)}) is allowed");
        if (constants.MelFmax > highest)
            yield return ("mel_fmax", $"found {Text(constants.MelFmax)}, at most half of sample_rate ({Text(highest)}) is allowed");
        if (edges.Count < 2 || edges[0] < 0 || edges[^1] > highest || edges.Zip(edges.Skip(1)).Any(band => band.First >= band.Second))
            yield return ("ir_subband_edges_hz", $"found [{string.Join(", ", edges.Select(Text))}], two or more that ascend from 0 or more to at most half of sample_rate ({Text(highest)}) are allowed");
        else if (constants.NIrParams != 3 * (edges.Count - 1))
            yield return ("n_ir_params", $"found {constants.NIrParams}, {3 * (edges.Count - 1)} is allowed: RT60, DRR and tilt of each of the {edges.Count - 1} bands of ir_subband_edges_hz");
    }

    private static IEnumerable<(string Property, string Message)> Networks(Constants constants)
    {
        var needed = (long)constants.LoraLayers * constants.LoraRank * (constants.DSpeaker + constants.NIrParams + 2L * constants.DConverterHidden);
        if (constants.LoraDelta < needed)
            yield return ("lora_delta", $"found {constants.LoraDelta}, {needed} or more is allowed: lora_layers × lora_rank × (d_speaker + n_ir_params + 2 × d_converter_hidden)");
        if (constants.GtmDim % constants.GtmHeads != 0)
            yield return ("gtm_heads", $"found {constants.GtmHeads}, a divisor of gtm_dim ({constants.GtmDim}) is allowed");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
