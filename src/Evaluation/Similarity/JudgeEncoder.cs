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
    private readonly MelInput _input;

    /// <param name="statistics">Those that it was trained with.</param>
    /// <exception cref="InvalidDataException">The file is no speaker encoder.</exception>
    public JudgeEncoder(string path, MelStatistics statistics, SignalParameters signal, Device device)
    {
        (_encoder, _input) = (ModelFiles.SpeakerEncoder.Load(path), new MelInput(statistics, signal, device));
        _encoder.to(device);
        _encoder.eval();
    }

    public string Name => "the pipeline's second speaker encoder";

    public float[] Embed(AudioBuffer speech)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        return _encoder.call(_input.Of(speech), null).cpu().data<float>().ToArray();
    }

    public void Dispose() => _encoder.Dispose();
}
