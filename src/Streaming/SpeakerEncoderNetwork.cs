using Microsoft.ML.OnnxRuntime;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>The exported speaker encoder. One instance per thread.</summary>
internal sealed class SpeakerEncoderNetwork : IDisposable
{
    private static readonly string[] Inputs = ["mel_ref"], Outputs = ["spk_embed", "lora_delta"];

    private readonly string _path;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly int _bands;

    /// <exception cref="ConversionException">The network is missing, or is another one.</exception>
    internal SpeakerEncoderNetwork(ModelFolder models, Constants constants)
    {
        _path = models.FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32);
        _session = NetworkFile.Open(_path, StudentContracts.From(constants).SpeakerEncoder);
        _bands = constants.NMels;
    }

    /// <summary>Of its file.</summary>
    internal string Sha256() => FileSha256.Of(_path);

    /// <param name="logMel">[80, T], raw.</param>
    /// <returns>[192] and [24576]</returns>
    /// <exception cref="ConversionException">The network cannot be computed.</exception>
    internal (float[] Embedding, float[] LoraDelta) Of(float[] logMel)
    {
        try
        {
            return Run(logMel);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ConversionException($"{_path}: cannot be run: {e.Message}; export the models again", e);
        }
    }

    private (float[] Embedding, float[] LoraDelta) Run(float[] logMel)
    {
        using var mel = OrtValue.CreateTensorValueFromMemory(logMel, [1, _bands, logMel.Length / _bands]);
        using var outputs = _session.Run(_options, Inputs, [mel], Outputs);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }
}
