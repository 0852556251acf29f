using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>Log-likelihood of each phone in each frame: that of its states, averaged. One instance per thread.</summary>
internal sealed class PhoneLikelihoods
{
    private const int Block = 4;

    private readonly PhoneModel _model;
    private readonly float[] _densities;
    private readonly float[] _states;

    internal PhoneLikelihoods(PhoneModel model)
    {
        _model = model;
        _densities = new float[Block * model.Codebook(0, 0).Size];
        _states = new float[Block * model.States];
    }

    /// <param name="streams">[T, 13] each.</param>
    /// <returns>[T, phones] row-major.</returns>
    internal float[] Compute(float[][] streams, int frames)
    {
        var phones = _model.Phones.Count;
        var padded = (frames + Block - 1) / Block * Block;
        var rows = Array.ConvertAll(streams, stream => Padded(stream, padded * _model.FrontEnd.Cepstra));
        var likelihoods = new float[padded * phones];
        for (var phone = 0; phone < phones; phone++)
            for (var frame = 0; frame < padded; frame += Block)
                ComputeBlock(phone, frame, rows, likelihoods.AsSpan(frame * phones + phone));
        return likelihoods[..(frames * phones)];
    }

    private static float[] Padded(float[] rows, int length)
    {
        Array.Resize(ref rows, length);
        return rows;
    }

    /// <param name="likelihoods">Every <c>phones</c>-th number is set.</param>
    private void ComputeBlock(int phone, int frame, float[][] streams, Span<float> likelihoods)
    {
        var dimension = _model.FrontEnd.Cepstra;
        Array.Clear(_states);
        for (var stream = 0; stream < PhoneModel.Streams; stream++)
        {
            _model.Codebook(phone, stream).Evaluate(streams[stream].AsSpan(frame * dimension, Block * dimension), _densities);
            AddStates(phone, stream);
        }
        for (var i = 0; i < Block; i++)
            likelihoods[i * _model.Phones.Count] = Average(_states.AsSpan(i * _model.States, _model.States));
    }

    /// <summary>Log of the weighted sum of densities, for each state; the densities are relative to the largest of them.</summary>
    private void AddStates(int phone, int stream)
    {
        var size = _densities.Length / Block;
        for (var i = 0; i < Block; i++)
        {
            var densities = _densities.AsSpan(i * size, size);
            var largest = TensorPrimitives.Max<float>(densities);
            TensorPrimitives.Subtract(densities, largest, densities);
            TensorPrimitives.Exp<float>(densities, densities);
            for (var state = 0; state < _model.States; state++)
                _states[i * _model.States + state] +=
                    largest + MathF.Log(TensorPrimitives.Dot<float>(densities, _model.Weights(phone, state, stream)));
        }
    }

    private static float Average(ReadOnlySpan<float> states)
    {
        var largest = TensorPrimitives.Max(states);
        var sum = 0f;
        foreach (var state in states)
            sum += MathF.Exp(state - largest);
        return largest + MathF.Log(sum / states.Length);
    }
}
