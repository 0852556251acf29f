namespace Tmrvc.Export;

/// <summary>Runs two networks of one contract over the same inputs, each with its own state, and measures how far they come apart.</summary>
public static class ParityCheck
{
    /// <param name="inputs">Of one call after the other, without state.</param>
    /// <returns>By output, the largest deviation of all calls.</returns>
    public static IReadOnlyDictionary<string, double> Deviations(
        ModelContract contract, INetworkStep reference, INetworkStep tested, IEnumerable<IReadOnlyDictionary<string, float[]>> inputs)
    {
        var largest = contract.Outputs.ToDictionary(output => output.Name, _ => 0.0);
        var states = (Reference: Silence(contract), Tested: Silence(contract));
        foreach (var input in inputs)
        {
            var (expected, found) = (Step(reference, input, states.Reference), Step(tested, input, states.Tested));
            foreach (var output in contract.Outputs)
                largest[output.Name] = Worse(largest[output.Name], Deviation.Largest(output.Name, found[output.Name], expected));
            if (contract.State is not null) states = (expected[ModelContract.StateOut], found[ModelContract.StateOut]);
        }
        return largest;
    }

    /// <summary>What one network gives for each call, keeping its state.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, float[]>> Outputs(
        ModelContract contract, INetworkStep network, IEnumerable<IReadOnlyDictionary<string, float[]>> inputs)
    {
        var state = Silence(contract);
        foreach (var input in inputs)
        {
            var outputs = Step(network, input, state);
            yield return outputs;
            if (contract.State is not null) state = outputs[ModelContract.StateOut];
        }
    }

    private static IReadOnlyDictionary<string, float[]> Step(INetworkStep network, IReadOnlyDictionary<string, float[]> input, float[] state) =>
        network.Run(new Dictionary<string, float[]>(input) { [ModelContract.StateIn] = state });

    private static float[] Silence(ModelContract contract) => new float[contract.State?.Count() ?? 0];

    private static double Worse(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b);
}
