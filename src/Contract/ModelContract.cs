namespace Tmrvc.Contract;

/// <summary>What a network promises to whoever calls it: the names, order and shapes of its inputs and outputs, all float32.</summary>
/// <param name="Name">Of the file, without its ending.</param>
public sealed record ModelContract(string Name, IReadOnlyList<ContractTensor> Inputs, IReadOnlyList<ContractTensor> Outputs)
{
    public const string StateIn = "state_in";
    public const string StateOut = "state_out";

    /// <summary>Null where the network remembers nothing. It begins as zeros.</summary>
    public ContractTensor? State => Inputs.FirstOrDefault(input => input.Name == StateIn);

    public ContractTensor Input(string name) => Inputs.Single(input => input.Name == name);

    public ContractTensor Output(string name) => Outputs.Single(output => output.Name == name);

    public override string ToString() => $"{Name}: {string.Join(", ", Inputs)} → {string.Join(", ", Outputs)}";
}

/// <summary>A tensor that a network takes or gives.</summary>
public sealed record ContractTensor(string Name, params IReadOnlyList<Axis> Shape)
{
    /// <summary>Numbers in it, with this size of open axes.</summary>
    public int Count(int open = 1) => Shape.Aggregate(1, (product, axis) => product * (axis.Size ?? open));

    /// <summary>Its sizes where it holds so many numbers: at most one axis is open.</summary>
    public long[] Sizes(int count)
    {
        var open = count / Count();
        return [.. Shape.Select(axis => (long)(axis.Size ?? open))];
    }

    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
