using Microsoft.ML.OnnxRuntime;
using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>An exported network in ONNX Runtime, on one thread.</summary>
public sealed class OnnxStep : INetworkStep
{
    /// <summary>A shape or type that is inferred otherwise than it is declared is an error.</summary>
    private const string StrictInference = "session.strict_shape_type_inference";

    private readonly ModelContract _contract;
    private readonly InferenceSession _session;

    /// <param name="model">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses the network, or it does not keep its contract; all differences are listed.</exception>
    public OnnxStep(ModelContract contract, byte[] model)
    {
        (_contract, _session) = (contract, Open(contract, model));
        if (NetworkSignature.Differences(contract, _session).ToList() is not { Count: > 0 } differences) return;
        _session.Dispose();
        throw new InvalidDataException($"{contract.Name}: does not keep its contract: {string.Join("; ", differences)}.");
    }

    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyDictionary<string, float[]> inputs)
    {
        var values = _contract.Inputs.Select(input => Value(input, inputs[input.Name])).ToArray();
        try
        {
            using var options = new RunOptions();
            using var outputs = _session.Run(options, [.. _contract.Inputs.Select(input => input.Name)], values, _session.OutputNames);
            return _contract.Outputs.Zip(outputs).ToDictionary(pair => pair.First.Name, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>Where a file differs from a contract, which need not be the one that it was written for.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses the network.</exception>
    public static IReadOnlyList<string> Differences(ModelContract contract, byte[] model)
    {
        using var session = Open(contract, model);
        return [.. NetworkSignature.Differences(contract, session).Select(difference => $"{contract.Name}: {difference}")];
    }

    private static InferenceSession Open(ModelContract contract, byte[] model)
    {
        using var options = InferenceOptions.OneThread();
        options.AddSessionConfigEntry(StrictInference, "1");
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"{contract.Name}: is no network that ONNX Runtime takes: {e.Message}", e);
        }
    }

    private static OrtValue Value(ContractTensor tensor, float[] values) => OrtValue.CreateTensorValueFromMemory(values, tensor.Sizes(values.Length));
}
