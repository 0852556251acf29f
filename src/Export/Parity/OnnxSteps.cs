using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>The exported networks of one student in ONNX Runtime, by the names of their contracts.</summary>
public sealed class OnnxSteps : Dictionary<string, INetworkStep>, IDisposable
{
    /// <param name="models">The bytes of the files, by the name of the contract.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses a file, or one does not keep its contract.</exception>
    public OnnxSteps(StudentContracts contracts, IReadOnlyDictionary<string, byte[]> models)
    {
        try
        {
            foreach (var contract in contracts.All.Where(contract => models.ContainsKey(contract.Name)))
                Add(contract.Name, new OnnxStep(contract, models[contract.Name]));
        }
        catch (InvalidDataException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var step in Values) step.Dispose();
    }
}
