using Google.Protobuf;
using Onnx;
using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>Folders of exported networks of one precision.</summary>
public static class ExportedFolder
{
    /// <param name="contracts">That the files must keep.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses a network, or some do not keep their contract; nothing was written then.</exception>
    public static void Write(string folder, IReadOnlyList<ExportedModel> models, StudentContracts contracts, WeightPrecision precision)
    {
        var files = models.ToDictionary(model => model.Contract.Name, model => model.Bytes());
        Require(files, contracts);
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, ModelFolder.FileName(name, precision)), bytes);
    }

    /// <param name="files">The bytes of networks, by name.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses a network, or some do not keep their contract: all differences are named.</exception>
    public static void Require(IReadOnlyDictionary<string, byte[]> files, StudentContracts contracts)
    {
        var differences = files.SelectMany(file => OnnxStep.Differences(contracts.Of(file.Key), file.Value)).ToList();
        if (differences.Count > 0)
            throw new InvalidDataException(
                $"The student's files differ from the contract: {string.Join("; ", differences)}. Train a student of the architecture that constants.yaml says.");
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
