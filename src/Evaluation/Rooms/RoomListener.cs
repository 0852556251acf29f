using Tmrvc.Audio;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>Hears rooms with the estimator that was trained with a teacher.</summary>
internal sealed class RoomListener : IDisposable
{
    private readonly RoomEstimator _estimator;
    private readonly MelStatistics _statistics;
    private readonly LogMel _logMel;
    private readonly Device _device;

    /// <exception cref="InvalidDataException">The file is no room estimator.</exception>
    public RoomListener(string path, MelStatistics statistics, SignalParameters signal, Device device)
    {
        (_estimator, _statistics, _logMel, _device) = (ModelFiles.RoomEstimator.Load(path), statistics, new LogMel(signal), device);
        _estimator.to(device);
        _estimator.eval();
    }

    /// <returns>Seconds, of each band.</returns>
    public double[] Rt60(AudioBuffer speech)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var mel = _logMel.Compute(speech.Samples);
        _statistics.Normalise(mel);
        var (mels, bands) = (_estimator.Architecture.Mels, _estimator.Architecture.Bands);
        var heard = _estimator.call(tensor(mel, [1, mels, mel.Length / mels], device: _device), null).cpu().data<float>().ToArray();
        return [.. heard.Take(bands).Select(scaled => RoomScale.Rt60(scaled))];
    }

    public void Dispose() => _estimator.Dispose();
}
