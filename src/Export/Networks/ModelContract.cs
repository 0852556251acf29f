namespace Tmrvc.Export;

/// <summary>What a network promises to whoever calls it: the names, order and shapes of its inputs and outputs, all float32.</summary>
/// <param name="Name">Of the file, without its ending.</param>
public sealed record ModelContract(string Name, IReadOnlyList<ContractTensor> Inputs, IReadOnlyList<ContractTensor> Outputs)
{
    public const string StateIn = "state_in";
    public const string StateOut = "state_out";

    /// <summary>Null where the network remembers nothing.</summary>
    public ContractTensor? State => Inputs.FirstOrDefault(input => input.Name == StateIn);

    public ContractTensor Input(string name) => Inputs.Single(input => input.Name == name);

    public ContractTensor Output(string name) => Outputs.Single(output => output.Name == name);
}

/// <param name="Shape">Null for an axis of any length.</param>
public sealed record ContractTensor(string Name, IReadOnlyList<int?> Shape)
{
    public ContractTensor(string name, params ReadOnlySpan<int> shape) : this(name, Closed(shape))
    {
    }

    /// <summary>Numbers in it, with this length of open axes.</summary>
    public int Count(int open = 1) => Shape.Aggregate(1, (product, size) => product * (size ?? open));

    private static int?[] Closed(ReadOnlySpan<int> shape)
    {
        var sizes = new int?[shape.Length];
        for (var axis = 0; axis < shape.Length; axis++) sizes[axis] = shape[axis];
        return sizes;
    }
}
