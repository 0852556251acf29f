using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Features;

/// <summary>
/// Who speaks, by ECAPA-TDNN (Desplanques et al. 2020): <see cref="EcapaFilterbank"/> [1, T, 80] to [1, 192]. One instance per thread.
/// </summary>
public sealed class Ecapa(PretrainedNetwork network)
{
    private const int Size = 192;

    private readonly EcapaFilterbank _filterbank = new();

    public static NetworkSignature Signature { get; } = new(
        "ECAPA-TDNN",
        new TensorShape("filterbank", "1", "T", $"{EcapaFilterbank.Bands}"),
        [new TensorShape("embedding", "1", $"{Size}"), new TensorShape("embedding", "1", "1", $"{Size}")],
        Lengths: true);

    /// <returns>[192], of unit length.</returns>
    /// <exception cref="ItemRejectedException">The network finds nothing to tell a speaker by.</exception>
    public float[] Embed(AudioBuffer audio)
    {
        var levels = _filterbank.Compute(Resampler.Resample(audio, EcapaFilterbank.SampleRate).Samples);
        var embedding = network.Run(levels, 1, levels.Length / EcapaFilterbank.Bands, EcapaFilterbank.Bands).Values;
        var length = TensorPrimitives.Norm(embedding);
        if (!(length > 0 && float.IsFinite(length)))
            throw new ItemRejectedException($"ECAPA-TDNN gives an embedding of length {length}; a finite one above 0 is allowed");
        TensorPrimitives.Divide(embedding, length, embedding);
        return embedding;
    }
}
