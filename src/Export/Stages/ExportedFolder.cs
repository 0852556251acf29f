using Google.Protobuf;
using Onnx;
using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>Folders of exported networks of one precision.</summary>
public static class ExportedFolder
{
    /// <exception cref="InvalidDataException">ONNX Runtime refuses a network, or one does not keep its contract; nothing was written then.</exception>
    public static void Write(string folder, IReadOnlyList<ExportedModel> models, WeightPrecision precision)
    {
        var files = models.Select(model => (model.Contract, Bytes: model.Bytes())).ToList();
        foreach (var (contract, bytes) in files) new OnnxStep(contract, bytes).Dispose();
        Directory.CreateDirectory(folder);
        foreach (var (contract, bytes) in files) File.WriteAllBytes(Path.Combine(folder, ModelFolder.FileName(contract.Name, precision)), bytes);
    }

    /// <summary>The bytes of those that are there, by the names of their contracts.</summary>
    /// <exception cref="InvalidDataException">A network that is always exported is missing.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(string folder, StudentContracts contracts, WeightPrecision precision)
    {
        var needed = contracts.All.Where(contract => precision == WeightPrecision.Float32 || QuantisedStudent.Reaches(contract)).ToList();
        var there = needed.Where(contract => File.Exists(PathOf(contract))).ToList();
        var missing = needed.Except(there).Where(contract => contract.Name != NetworkNames.ConverterHq).Select(contract => Path.GetFileName(PathOf(contract))).ToList();
        return missing.Count == 0
            ? there.ToDictionary(contract => contract.Name, contract => File.ReadAllBytes(PathOf(contract)))
            : throw new InvalidDataException($"{folder}: {string.Join(", ", missing)} not found; the folder that an export left is needed.");

        string PathOf(ModelContract contract) => Path.Combine(folder, ModelFolder.FileName(contract.Name, precision));
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<ExportedModel> ReadNetworks(string folder, StudentContracts contracts)
    {
        var files = Read(folder, contracts, WeightPrecision.Float32);
        return [.. contracts.All.Where(contract => files.ContainsKey(contract.Name))
            .Select(contract => new ExportedModel(contract, ModelProto.Parser.ParseFrom(files[contract.Name])))];
    }
}
