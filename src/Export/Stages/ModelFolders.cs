using Google.Protobuf;
using Onnx;

namespace Tmrvc.Export;

/// <summary>Folders of exported networks: <c>NAME.onnx</c>, or <c>NAME_int8.onnx</c>.</summary>
public static class ModelFolders
{
    public const string Fp32 = "fp32";
    public const string Int8 = "int8";
    private const string Ending = ".onnx";
    private const string Int8Ending = "_int8.onnx";

    public static string FileName(string model, bool quantised) => model + (quantised ? Int8Ending : Ending);

    /// <exception cref="InvalidDataException">ONNX Runtime refuses a network, or one does not keep its contract; nothing was written then.</exception>
    public static void Write(string folder, IReadOnlyList<ExportedModel> models, bool quantised)
    {
        var files = models.Select(model => (model.Contract, Bytes: model.Bytes())).ToList();
        foreach (var (contract, bytes) in files) new OnnxStep(contract, bytes).Dispose();
        Directory.CreateDirectory(folder);
        foreach (var (contract, bytes) in files) File.WriteAllBytes(Path.Combine(folder, FileName(contract.Name, quantised)), bytes);
    }

    /// <summary>The bytes of those that are there, by the names of their contracts.</summary>
    /// <exception cref="InvalidDataException">A network that is always exported is missing.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(string folder, StudentContracts contracts, bool quantised)
    {
        var needed = contracts.All.Where(contract => !quantised || QuantisedStudent.Reaches(contract)).ToList();
        var there = needed.Where(contract => File.Exists(Path.Combine(folder, FileName(contract.Name, quantised)))).ToList();
        var missing = needed.Except(there).Where(contract => contract.Name != contracts.ConverterHq.Name).Select(contract => FileName(contract.Name, quantised)).ToList();
        return missing.Count == 0
            ? there.ToDictionary(contract => contract.Name, contract => File.ReadAllBytes(Path.Combine(folder, FileName(contract.Name, quantised))))
            : throw new InvalidDataException($"{folder}: {string.Join(", ", missing)} not found; the folder that an export left is needed.");
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<ExportedModel> ReadNetworks(string folder, StudentContracts contracts)
    {
        var files = Read(folder, contracts, quantised: false);
        return [.. contracts.All.Where(contract => files.ContainsKey(contract.Name))
            .Select(contract => new ExportedModel(contract, ModelProto.Parser.ParseFrom(files[contract.Name])))];
    }
}
