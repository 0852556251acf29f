namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>Runs two networks of one contract over the same inputs, each with its own state, and measures how far they come apart.</summary>
public static class ParityCheck
{
    /// <param name="run">What the reference was given, call by call, and what it gave.</param>
    /// <returns>By output, the largest deviation of all calls.</returns>
    public static IReadOnlyDictionary<string, double> Deviations(ModelContract contract, ReferenceRun run, INetworkStep tested)
    {
        var largest = contract.Outputs.ToDictionary(output => output.Name, _ => 0.0);
        foreach (var (expected, found) in run.Outputs.Zip(Outputs(contract, tested, run.Calls)))
            foreach (var output in contract.Outputs)
                largest[output.Name] = Worse(largest[output.Name], Deviation.Largest(output.Name, found[output.Name], expected));
        return largest;
    }

    /// <summary>A reference over these calls, from silence on.</summary>
    public static ReferenceRun Run(ModelContract contract, INetworkStep reference, IEnumerable<Frame> calls)
    {
        Frame[] all = [.. calls];
        return new ReferenceRun(all, [.. Outputs(contract, reference, all)]);
    }

    /// <summary>What one network gives for each call, keeping its state.</summary>
    private static IEnumerable<Frame> Outputs(ModelContract contract, INetworkStep network, IEnumerable<Frame> calls)
    {
        var state = new float[contract.State?.Count() ?? 0];
        foreach (var call in calls)
        {
            var outputs = network.Run(new Dictionary<string, float[]>(call) { [ModelContract.StateIn] = state });
            yield return outputs;
            if (contract.State is not null) state = outputs[ModelContract.StateOut];
        }
    }

    private static double Worse(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b);
}

/// <summary>Calls of a network one after the other, without state, and what the reference gave.</summary>
public sealed record ReferenceRun(IReadOnlyList<Frame> Calls, IReadOnlyList<Frame> Outputs);
