using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>
/// Tells the room anew after every ten frames of mel, in seconds, dB and dB per octave by band; before the first ten, that there is none: a
/// direct sound alone.
/// </summary>
internal sealed class RoomListener : IDisposable
{
    private readonly TensorBuffer _chunk;
    private readonly StatefulNetwork _estimator;
    private readonly TensorBuffer _room;
    private readonly float[] _none;
    private readonly int _interval;
    private int _frames;

    /// <param name="open">Opens the estimator on these tensors.</param>
    /// <param name="room">Where the parameters are wanted.</param>
    internal RoomListener(Func<(string, TensorBuffer)[], StatefulNetwork> open, Constants constants, TensorBuffer room)
    {
        _interval = constants.IrUpdateInterval;
        (_room, _none) = (room, RoomScale.Of(constants.NIrParams).ForCaller(new float[constants.NIrParams]));
        _chunk = new TensorBuffer(1, constants.NMels, _interval);
        _estimator = open([("mel_chunk", _chunk), ("ir_params", room)]);
        TellOfNone();
    }

    /// <returns>Whether the room was told anew.</returns>
    internal bool Push(ReadOnlySpan<float> mel)
    {
        for (var band = 0; band < mel.Length; band++)
            _chunk.Values[band * _interval + _frames] = mel[band];
        _frames = (_frames + 1) % _interval;
        if (_frames != 0)
            return false;
        _estimator.Run();
        return true;
    }

    internal void Reset()
    {
        _frames = 0;
        TellOfNone();
        _estimator.Reset();
    }

    private void TellOfNone() => _none.CopyTo(_room.Values, 0);

    public void Dispose()
    {
        _estimator.Dispose();
        _chunk.Dispose();
    }
}
