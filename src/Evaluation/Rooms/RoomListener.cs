using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>Hears rooms with the estimator that was trained with a teacher.</summary>
internal sealed class RoomListener : IDisposable
{
    private readonly RoomEstimator _estimator;
    private readonly MelInput _input;

    /// <exception cref="InvalidDataException">The file is no room estimator.</exception>
    public RoomListener(string path, MelStatistics statistics, SignalParameters signal, Device device)
    {
        (_estimator, _input) = (ModelFiles.RoomEstimator.Load(path), new MelInput(statistics, signal, device));
        _estimator.to(device);
        _estimator.eval();
    }

    /// <returns>Seconds, of each band.</returns>
    public double[] Rt60(AudioBuffer speech)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var heard = _estimator.call(_input.Of(speech), null).cpu().data<float>().ToArray();
        return [.. heard.Take(_estimator.Architecture.Bands).Select(scaled => RoomScale.Rt60(scaled))];
    }

    public void Dispose() => _estimator.Dispose();
}
