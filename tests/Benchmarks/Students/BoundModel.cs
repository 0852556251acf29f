using Microsoft.ML.OnnxRuntime;
using Tmrvc.Contract;
using Tmrvc.Export;

namespace Tmrvc.Benchmarks.Students;

/// <summary>One network with inputs and outputs bound to memory, and noise in its inputs.</summary>
internal sealed class BoundModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];

    public BoundModel(ExportedModel model)
    {
        using var options = InferenceOptions.OneThread();
        _session = new InferenceSession(model.Bytes(), options);
        _binding = _session.CreateIoBinding();
        var noise = ParityInputs.Noise(model.Contract, seed: 1, calls: 1).Single();
        foreach (var input in model.Contract.Inputs)
            _binding.BindInput(input.Name, Value(input, noise.GetValueOrDefault(input.Name) ?? new float[input.Count()]));
        foreach (var output in model.Contract.Outputs) _binding.BindOutput(output.Name, Value(output, new float[output.Count()]));
    }

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _values.ForEach(value => value.Dispose());
        _options.Dispose();
        _binding.Dispose();
        _session.Dispose();
    }

    private OrtValue Value(ContractTensor tensor, float[] values)
    {
        _values.Add(OrtValue.CreateTensorValueFromMemory(values, tensor.Sizes(values.Length)));
        return _values[^1];
    }
}
