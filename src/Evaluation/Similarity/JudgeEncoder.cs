using Tmrvc.Audio;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>A speaker encoder of this pipeline that nothing else uses.</summary>
public sealed class JudgeEncoder : ISpeakerEmbedder, IDisposable
{
    private readonly SpeakerEncoder _encoder;
    private readonly MelStatistics _statistics;
    private readonly LogMel _logMel;
    private readonly Device _device;

    /// <param name="statistics">Those that it was trained with.</param>
    /// <exception cref="InvalidDataException">The file is no speaker encoder.</exception>
    public JudgeEncoder(string path, MelStatistics statistics, SignalParameters signal, Device device)
    {
        (_encoder, _statistics, _logMel, _device) = (ModelFiles.SpeakerEncoder.Load(path), statistics, new LogMel(signal), device);
        _encoder.to(device);
        _encoder.eval();
    }

    public string Name => "the pipeline's second speaker encoder";

    public float[] Embed(AudioBuffer speech)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var mel = _logMel.Compute(speech.Samples);
        _statistics.Normalise(mel);
        var bands = _encoder.Architecture.Mels;
        return _encoder.call(tensor(mel, [1, bands, mel.Length / bands], device: _device), null).cpu().data<float>().ToArray();
    }

    public void Dispose() => _encoder.Dispose();
}
