using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Features;

/// <summary>A network of others, read from an ONNX file. Safe for several threads: its weights are in memory once.</summary>
public sealed class PretrainedNetwork : IDisposable
{
    private static readonly float[] WholeRow = [1];

    private readonly string _path;
    private readonly NetworkSignature _signature;
    private readonly InferenceSession _session;

    /// <param name="tell">Receives a line where <see cref="InferenceProvider.Auto"/> finds a CUDA that cannot be used.</param>
    /// <exception cref="NetworkException">The file is no ONNX network, has another signature, or the provider is not there.</exception>
    public PretrainedNetwork(string path, NetworkSignature signature, InferenceProvider provider = InferenceProvider.Auto, Action<string>? tell = null)
    {
        (_path, _signature, _session) = (path, signature, Open(path, signature, provider, tell));
        try
        {
            signature.Require(path, _session);
        }
        catch (NetworkException)
        {
            _session.Dispose();
            throw;
        }
    }

    private static InferenceSession Open(string path, NetworkSignature signature, InferenceProvider provider, Action<string>? tell)
    {
        try
        {
            return ExecutionProviders.Open(provider, ExecutionProviders.Available(), options => new InferenceSession(path, options), tell);
        }
        catch (OnnxRuntimeException e)
        {
            throw new NetworkException($"{path}: cannot be read as {signature.Network}: {e.Message}", e);
        }
    }

    /// <param name="values">Row-major.</param>
    /// <returns>The first output, row-major, with its sizes.</returns>
    /// <exception cref="NetworkException">The network fails, or gives another shape than it declares.</exception>
    public NetworkOutput Run(float[] values, params IReadOnlyList<int> shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, [.. shape.Select(size => (long)size)]);
        using var lengths = OrtValue.CreateTensorValueFromMemory(WholeRow, [1]);
        using var options = new RunOptions();
        try
        {
            OrtValue[] inputs = _session.InputNames.Count == 2 ? [input, lengths] : [input];
            using var outputs = _session.Run(options, _session.InputNames, inputs, [_session.OutputNames[0]]);
            return Checked(outputs[0]);
        }
        catch (OnnxRuntimeException e)
        {
            throw Misfit($"fails on [{string.Join(", ", shape)}]: {e.Message}", e);
        }
    }

    /// <summary>The error that says what is wrong with what the network does.</summary>
    internal NetworkException Misfit(string found, Exception? cause = null) =>
        new($"{_path}: {_signature.Network} {found}", cause);

    private NetworkOutput Checked(OrtValue output)
    {
        int[] sizes = [.. output.GetTensorTypeAndShape().Shape.Select(size => (int)size)];
        return _signature.Gives(sizes)
            ? new NetworkOutput(output.GetTensorDataAsSpan<float>().ToArray(), sizes)
            : throw Misfit($"gives [{string.Join(", ", sizes)}], {_signature.Given} is allowed");
    }

    public void Dispose() => _session.Dispose();
}

/// <param name="Values">Row-major.</param>
/// <param name="Sizes">Of each axis.</param>
public sealed record NetworkOutput(float[] Values, IReadOnlyList<int> Sizes);
