using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>What a stream hears of the room that it is in, by the exported estimator alone. One instance per thread.</summary>
public sealed class RoomStream : IDisposable
{
    private readonly Constants _constants;
    private readonly LogMelStream _mel;
    private readonly TensorBuffer _room;
    private readonly RoomListener _listener;

    /// <exception cref="ConversionException">The network is missing, or is another one.</exception>
    public RoomStream(ModelFolder models, ConversionOptions options, Constants constants)
    {
        (_constants, _mel, _room) = (constants, new LogMelStream(SignalParameters.From(constants)), new TensorBuffer(1, constants.NIrParams));
        try
        {
            _listener = new RoomListener(tensors => StatefulNetwork.Open(models, StudentContracts.From(constants).IrEstimator, options.Precision, tensors), constants, _room);
        }
        catch
        {
            _room.Dispose();
            throw;
        }
    }

    /// <param name="speech">At the contract's rate, from the beginning of a stream.</param>
    /// <returns>Every answer, one for ten hops: [24], seconds of RT60, then dB of direct sound to reverberation, then dB per octave of tilt, by band.</returns>
    public IReadOnlyList<float[]> Hear(ReadOnlySpan<float> speech)
    {
        _mel.Reset();
        _listener.Reset();
        var answers = new List<float[]>();
        var frame = new float[_constants.NMels];
        for (var hop = 0; hop < speech.Length / _constants.HopLength; hop++)
        {
            _mel.Push(speech.Slice(hop * _constants.HopLength, _constants.HopLength), frame);
            if (_listener.Push(frame)) answers.Add([.. _room.Values]);
        }
        return answers;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _room.Dispose();
    }
}
