using Tmrvc.Audio;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>The teacher's own vocoder, as a stage trained it.</summary>
public sealed class TrainedVocoder : IMelVocoder, IDisposable
{
    private readonly TeacherVocoder _vocoder;
    private readonly MelStatistics _statistics;
    private readonly int _sampleRate;
    private readonly Device _device;

    /// <exception cref="InvalidDataException">The file is no vocoder.</exception>
    public TrainedVocoder(string path, int sampleRate, Device device)
    {
        (_vocoder, _statistics) = (ModelFiles.Vocoder.Load(path), MelStatistics.OfModel(path));
        (_sampleRate, _device) = (sampleRate, device);
        _vocoder.to(device);
        _vocoder.eval();
    }

    public string Name => "teacher's vocoder";

    public AudioBuffer Speak(float[] logMel)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var normalised = (float[])logMel.Clone();
        _statistics.Normalise(normalised);
        var bands = _vocoder.Architecture.Mels;
        var waveform = _vocoder.call(tensor(normalised, [1, bands, logMel.Length / bands], device: _device), null).clamp(-1, 1); // [1, 240·T]
        return new AudioBuffer(waveform.cpu().data<float>().ToArray(), _sampleRate);
    }

    public void Dispose() => _vocoder.Dispose();
}
