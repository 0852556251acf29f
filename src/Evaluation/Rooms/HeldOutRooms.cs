using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>Rooms that no training was in: those of the test split, or of the validation split, which may have chosen weights, where the test has none.</summary>
public sealed class HeldOutRooms
{
    private readonly ImpulseResponseShards _responses;
    private readonly FastConvolution _convolution = new();
    private readonly int[] _heldOut;

    /// <exception cref="InvalidDataException">No room is in either split.</exception>
    public HeldOutRooms(ImpulseResponseShards responses)
    {
        _responses = responses;
        (_heldOut, Kind) = ([.. responses.Of(Split.Test)], "rooms of the test split");
        if (_heldOut.Length > 0) return;
        (_heldOut, Kind) = ([.. responses.Of(Split.Validation)], "rooms of the validation split, for the test split has none,");
        if (_heldOut.Length == 0)
            throw new InvalidDataException(
                "Impulse responses: no room is in the test or validation split, and an evaluation needs one; raise split.test_share or use more rooms.");
    }

    /// <summary>What they are, in words.</summary>
    public string Kind { get; }

    /// <summary>Some response, the same for the same number; evenly over all of them for as many numbers as there are.</summary>
    public int Spread(int number, int of) => _heldOut[(2 * number + 1) * _heldOut.Length / (2 * of) % _heldOut.Length];

    /// <summary>Responses of so many rooms, those whose mean RT60 over the bands that they tell of is nearest; one of each room.</summary>
    public IReadOnlyList<int> NearestTo(double seconds, int count)
    {
        return [.. _heldOut.GroupBy(response => _responses.Responses[response].RoomKey).Select(room => room.MinBy(Distance)).OrderBy(Distance).Take(count)];

        double Distance(int response) => Math.Abs(MeanRt60(response) - seconds);
    }

    /// <summary>Seconds, over the bands that the response tells of.</summary>
    public double MeanRt60(int response)
    {
        var parameters = Parameters(response);
        return Enumerable.Range(0, parameters.Bands).Where(parameters.Tells).Select(band => (double)parameters.Rt60(band)).DefaultIfEmpty(double.PositiveInfinity).Average();
    }

    public ImpulseResponseParameters Parameters(int response) => _responses.Parameters(response);

    /// <summary>As networks are told of the room, [24].</summary>
    public float[] Scaled(int response) => RoomScale.Scaled(Parameters(response).Values, Parameters(response).Mask);

    /// <summary>Speech as it sounds in the room, as long and as loud as it was, its direct sound where it was.</summary>
    public AudioBuffer Place(AudioBuffer speech, int response)
    {
        var wet = new float[speech.Samples.Length];
        _convolution.Convolve(speech.Samples, _responses.Samples(response), _responses.Responses[response].Direct, wet);
        var gain = TensorPrimitives.Norm<float>(speech.Samples) / Math.Max(TensorPrimitives.Norm<float>(wet), float.Epsilon);
        TensorPrimitives.Multiply(wet, gain, wet);
        return speech with { Samples = wet };
    }
}
