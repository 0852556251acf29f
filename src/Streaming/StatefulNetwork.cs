using Microsoft.ML.OnnxRuntime;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>
/// A network that hands its state on to its next run. There are two states; each run reads the one and writes the other, and everything is
/// bound beforehand, so a run copies nothing and allocates nothing here.
/// </summary>
internal sealed class StatefulNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly TensorBuffer[] _states;
    private readonly OrtIoBinding[] _turns;
    private readonly string _path;
    private int _turn;

    /// <param name="path">Of its file.</param>
    /// <param name="session">Disposed of together with this.</param>
    /// <param name="tensors">All inputs and outputs but the states, by name.</param>
    internal StatefulNetwork(string path, InferenceSession session, params (string Name, TensorBuffer Buffer)[] tensors)
    {
        (_path, _session) = (path, session);
        var shape = session.InputMetadata[ModelContract.StateIn].Dimensions;
        _states = [new TensorBuffer(shape), new TensorBuffer(shape)];
        _turns = [Bound(tensors, _states[0], _states[1]), Bound(tensors, _states[1], _states[0])];
    }

    /// <exception cref="ConversionException">The file is missing, is no ONNX network, or has another signature.</exception>
    internal static StatefulNetwork Open(ModelFolder models, ModelContract network, WeightPrecision precision, params (string Name, TensorBuffer Buffer)[] tensors)
    {
        var path = models.FileOf(network.Name, precision);
        return new StatefulNetwork(path, NetworkFile.Open(path, network), tensors);
    }

    /// <exception cref="ConversionException">The network cannot be computed.</exception>
    internal void Run()
    {
        try
        {
            _session.RunWithBinding(_options, _turns[_turn]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ConversionException($"{_path}: cannot be run: {e.Message}; export the models again", e);
        }
        _turn = 1 - _turn;
    }

    /// <summary>Back to the state before the first run, zeros.</summary>
    internal void Reset()
    {
        _turn = 0;
        Array.Clear(_states[0].Values);
    }

    public void Dispose()
    {
        foreach (var turn in _turns)
            turn.Dispose();
        foreach (var state in _states)
            state.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private OrtIoBinding Bound((string Name, TensorBuffer Buffer)[] tensors, TensorBuffer before, TensorBuffer after)
    {
        var binding = _session.CreateIoBinding();
        foreach (var (name, buffer) in tensors)
            if (_session.InputMetadata.ContainsKey(name))
                binding.BindInput(name, buffer.Tensor);
            else
                binding.BindOutput(name, buffer.Tensor);
        binding.BindInput(ModelContract.StateIn, before.Tensor);
        binding.BindOutput(ModelContract.StateOut, after.Tensor);
        return binding;
    }
}
