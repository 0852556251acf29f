using Tmrvc.SafeTensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>A module's parameters and buffers as float32 safetensors, under their own dotted names.</summary>
public static class ModuleWeights
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(Of(module), path, metadata);

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(IReadOnlyDictionary<string, Tensor> weights, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var writer = new SafeTensorsWriter(metadata);
        foreach (var (name, tensor) in weights)
            writer.Add(name, TensorType.F32, tensor.shape, stream => Write(tensor, stream));
        writer.Save(path);
    }

    /// <summary>Copies a file's values into a module of exactly the same names and shapes.</summary>
    /// <exception cref="InvalidDataException">Names or shapes differ; all differences are listed.</exception>
    /// <exception cref="SafeTensorsException">The file is not well-formed.</exception>
    public static void Load(nn.Module module, string path) => Load(Of(module), module.GetName(), path);

    /// <summary>Copies a file's values into tensors of exactly the same names and shapes.</summary>
    /// <param name="subject">What the tensors are, for the message of an error.</param>
    /// <inheritdoc cref="Load(nn.Module, string)"/>
    public static void Load(IReadOnlyDictionary<string, Tensor> weights, string subject, string path)
    {
        using var file = SafeTensorsFile.Open(path);
        var differences = Differences(weights, file).ToList();
        if (differences.Count > 0)
            throw new InvalidDataException($"{path}: does not fit {subject}: {string.Join("; ", differences)}.");
        using var withoutGradient = no_grad();
        foreach (var (name, parameter) in weights)
            Copy(file.Floats(name), parameter);
    }

    /// <summary>Parameters and buffers by dotted name, in ordinal order. They stay the module's own.</summary>
    public static SortedDictionary<string, Tensor> Of(nn.Module module)
    {
        var weights = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters()) weights.Add(name, parameter);
        foreach (var (name, buffer) in module.named_buffers()) weights.Add(name, buffer);
        return weights;
    }

    private static IEnumerable<string> Differences(IReadOnlyDictionary<string, Tensor> weights, SafeTensorsFile file)
    {
        foreach (var (name, parameter) in weights)
            if (!file.Contains(name))
                yield return $"'{name}' is missing";
            else if (!file[name].Shape.SequenceEqual(parameter.shape))
                yield return $"'{name}' is [{string.Join(", ", file[name].Shape)}], [{string.Join(", ", parameter.shape)}] is needed";
        foreach (var extra in file.Tensors.Where(tensor => !weights.ContainsKey(tensor.Name)))
            yield return $"'{extra.Name}' is not one of its weights";
    }

    private static void Write(Tensor tensor, Stream stream)
    {
        using var values = tensor.detach().to(ScalarType.Float32).cpu().contiguous();
        stream.Write(values.bytes);
    }

    private static void Copy(ReadOnlySpan<float> values, Tensor parameter)
    {
        using var loaded = tensor(values.ToArray(), parameter.shape);
        parameter.copy_(loaded);
    }
}
